using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class AutoinstallLintTests
{
    /// <summary>Ten lines; the slot is p.</summary>
    internal const string Good = """
        autoinstall:
          storage:
            grub: {update_nvram: false}
            config:
            - {id: d, type: disk, ptable: gpt, preserve: true}
            - id: p
              type: partition
              preserve: true
            - {id: f, type: format, volume: p, fstype: ext4}
            - {id: m, type: mount, device: f, path: /}

        """;

    private const string Esp = "    - {id: e, type: partition, device: d, number: 1, preserve: true, grub_device: true}\n";

    /// <summary>Each rule by one bad line, the eleventh (or one behind the ESP's), and its right form.</summary>
    [Theory]
    [InlineData("new-table", "    - {id: d2, type: disk, ptable: gpt}", "    - {id: d2, type: disk, ptable: gpt, preserve: true}")]
    [InlineData("new-table", "    - {id: d2, type: disk, ptable: gpt, preserve: 'true'}", "    - {id: d2, type: disk, ptable: gpt, preserve: yes}")]
    [InlineData("disk-wiped", "    - {id: d2, type: disk, preserve: true, wipe: superblock-recursive}", "    - {id: d2, type: disk, preserve: true}")]
    [InlineData("not-preserved", "    - {id: q, type: partition, preserve: false}", "    - {id: q, type: partition, preserve: true}")]
    [InlineData("not-preserved", "    - id: q\n      type: partition\n      number: 2", "    - id: q\n      type: partition\n      preserve: on")]
    [InlineData("partition-wiped", "    - {id: q, type: partition, preserve: true, wipe: superblock}", "    - {id: q, type: partition, preserve: true}")]
    [InlineData("resized", "    - {id: q, type: partition, preserve: true, resize: true, size: 5G}", "    - {id: q, type: partition, preserve: true, size: 5G}")]
    [InlineData("formatted", "    - {id: h, type: format, volume: p, fstype: ext4}", "    - {id: h, type: format, volume: p, fstype: ext4, preserve: true}")]
    [InlineData("whole-disk", "    - {id: h, type: format, volume: d, fstype: ext4}", "    - {id: h, type: format, volume: d, fstype: ext4, preserve: true}")]
    [InlineData("formatted", "    - {id: h, type: format, volume: p, fstype: swap, preserve: false}", "    - {id: h, type: format, volume: p, fstype: swap, preserve: true}")]
    [InlineData("many-partitions", "    - {id: b, type: bcache}", "    # lvm_volgroup, raid and bcache do not do")]
    [InlineData("no-such-id", "    - {id: q, type: partition, device: nowhere, preserve: true}", "    - {id: q, type: partition, device: d, preserve: true}")]
    [InlineData("no-such-id", "    - {id: x, type: mount, device: nowhere, path: /srv}", "    - {id: x, type: mount, device: f, path: /srv}")]
    [InlineData("twice", "  version: 1\n  locale: a\n  version: 1", "  version: 1\n  locale: a", 13)]
    [InlineData("clear-password", "  user-data: {chpasswd: {list: 'root:secret'}}", "  user-data: {chpasswd: {list: 'root:$6$salt$abc'}}")]
    [InlineData("clear-password", "  user-data: {chpasswd: {list: ['root:secret']}}", "  user-data: {chpasswd: {list: ['root:RANDOM']}}")]
    [InlineData("clear-password", "  user-data: {users: [{name: a, plain_text_passwd: b}]}", "  user-data: {users: [{name: a, passwd: $6$salt$abc}]}")]
    [InlineData("clear-password", "  user-data:\n    chpasswd:\n      users:\n      - {name: root, password: x, type: text}", "  user-data:\n    chpasswd:\n      users:\n      - {name: root, type: RANDOM}", 14)]
    public void Each_rule_has_a_bad_line_and_its_right_form(string rule, string bad, string good, int line = 11)
    {
        Assert.Contains(AutoinstallLint.Check(Good + bad + "\n"), f => f.Rule == rule && f.Line == line && f.IsError);
        Assert.Empty(AutoinstallLint.Check(Good + good + "\n"));
    }

    [Theory]
    [InlineData("    - {id: ef, type: format, volume: e, fstype: fat32", "")]
    [InlineData("    - {id: ef, type: format, volume: e, fstype: fat32, preserve: false", "    - {id: em, type: mount, device: ef, path: /boot/efi}\n")]
    public void A_format_of_the_ESP_is_told_by_its_name(string format, string mount)
    {
        var told = Assert.Single(AutoinstallLint.Check(Good + Esp + format + "}\n" + mount));

        Assert.Equal(("esp-formatted", 12), (told.Rule, told.Line));
        Assert.Empty(AutoinstallLint.Check(Good + Esp + format.Replace(", preserve: false", "") + ", preserve: true}\n" + mount));
    }

    [Theory]
    [InlineData("esp-formatted", "{id: e, type: partition, preserve: true, flag: boot}")]
    [InlineData("esp-formatted", "{id: e, type: partition, preserve: true, partition_type: c12a7328-f81f-11d2-ba4b-00a0c93ec93b}")]
    [InlineData("formatted", "{id: e, type: partition, preserve: true}")]
    public void An_ESP_is_known_by_its_flag_or_its_type(string rule, string partition) =>
        Assert.Equal(rule, Assert.Single(AutoinstallLint.Check(Good + "    - " + partition + "\n    - {id: ef, type: format, volume: e, fstype: fat32}\n")).Rule);

    [Fact]
    public void A_slot_that_is_a_whole_disk_is_told() =>
        Assert.Equal(("whole-disk", 9), AutoinstallLint.Check(Good.Replace("volume: p", "volume: d")).Select(f => (f.Rule, f.Line)).Single());

    [Fact]
    public void The_slot_may_be_wiped_and_nothing_else_may() =>
        Assert.Empty(AutoinstallLint.Check(Good.Replace("      preserve: true", "      preserve: true\n      wipe: superblock")));

    [Theory]
    [InlineData("device: f, path: /", "device: f, path: /srv", "no-root", 5)]
    [InlineData("    config:", "    other:", "no-storage", 3)]
    [InlineData("  storage:", "  nothing:", "no-storage", 0)]
    public void What_is_missing_is_told(string there, string instead, string rule, int line) =>
        Assert.Contains(AutoinstallLint.Check(Good.Replace(there, instead)), f => f.Rule == rule && f.Line == line);

    [Fact]
    public void Storage_beside_autoinstall_is_not_the_installers() =>
        Assert.Contains(AutoinstallLint.Check(Good.Replace("  storage:", "storage:")), f => f.Rule == "no-storage");

    [Fact]
    public void What_an_alias_or_a_merged_mapping_lends_counts() =>
        Assert.Empty(AutoinstallLint.Check(Good + "    - &k {id: q, type: partition, preserve: true}\n    - {<<: *k, id: r}\n"));

    [Theory]
    [InlineData("a: [1, 2\nb: 3", 2, "[ stays open")]
    [InlineData("a: {b: 1\nc: {d: 2}", 2, "{ stays open")]
    [InlineData("a: \"x\nb: 3", 1, "quote that begins here")]
    [InlineData("a: 'x\nb: 3", 1, "quote that begins here")]
    [InlineData("a:\n\tb: 1", 2, "tab where an indent")]
    [InlineData("a:\n  b: 1\n\tc: 2", 3, "tab where an indent")]
    [InlineData("a:\t1", 1, "tab outside of quotes")]
    [InlineData("a: 1\n  b: 2", 2, "too deep")]
    [InlineData("a: \"x\ty\"\nb: |\n  x\ty\nc: 1\t# x", 4, "tab outside of quotes")]
    [InlineData("a: x: y", 1, "a ':' in a value")]
    [InlineData("a:\n  - b\n c: d", 3, "unlike that of its neighbours")]
    [InlineData("a: 1\nb\nc: 2", 3, "no 'key: value'")]
    [InlineData("a: @x", 1, "begins with @")]
    [InlineData("a: *x", 1, "alias of nothing")]
    [InlineData("a: 1\n[b]: c", 2, "where a key is to be")]
    [InlineData("a: 1\n---\nb: 2", 2, "second document")]
    [InlineData("a: !x y", 1, "tag !x")]
    [InlineData("a: !!python/name:os.system x", 1, "tag")]
    [InlineData("a: \u0001", 1, "none of a text")]
    public void What_is_no_YAML_is_told_with_its_line(string broken, int line, string what)
    {
        var told = Assert.Single(AutoinstallLint.Check("#cloud-config\n" + broken + "\n"));

        Assert.Equal((AutoinstallLint.NoYaml, line + 1), (told.Rule, told.Line));
        Assert.Contains(what, told.Message);
    }

    [Fact]
    public void A_nest_without_an_end_is_told_and_does_not_take_the_program_along()
    {
        var told = Assert.Single(AutoinstallLint.Check("autoinstall:\n  x: " + new string('[', 100_000)));

        Assert.Equal((AutoinstallLint.NoYaml, 2), (told.Rule, told.Line));
    }
}
