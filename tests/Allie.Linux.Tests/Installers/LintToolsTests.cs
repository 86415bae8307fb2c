using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Linux.Installers;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>The real checkers: debconf's, and Python's jsonschema with a schema of the shape that Ubuntu publishes.</summary>
public sealed class LintToolsTests : IDisposable
{
    private const string Schema = """
        {"type": "object", "required": ["version"], "additionalProperties": false, "properties": {
          "version": {"type": "integer", "maximum": 1}, "shutdown": {"enum": ["reboot", "poweroff"]},
          "storage": {"type": "object", "properties": {"config": {"type": "array", "items": {"type": "object", "required": ["id"]}}}}}}
        """;

    private readonly TempDirectory _directory = new();
    private readonly LintTools _tools = new(new Runner(default));

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("d-i some/question string value\n", 0)]
    [InlineData("d-i some/question strang value\n", 1)]
    [InlineData("nonsense\n", 1)]
    public void Debconf_says_on_stderr_what_it_does_not_say_by_its_exit_code(string text, int faults)
    {
        var (found, missing) = _tools.Check(InstallerFileKind.Preseed, _directory.Write("x.cfg", text), null, null);

        Assert.Null(missing);
        Assert.Equal(faults, found.Count);
    }

    [Theory]
    [InlineData("#cloud-config\nautoinstall:\n  version: 1\n  shutdown: poweroff\n", null, 0)]
    [InlineData("#cloud-config\nautoinstall:\n  version: 1\n  shutdown: halt\n", "shutdown: 'halt' is not one of", 4)]
    [InlineData("version: 1\nstorage:\n  config:\n  - {id: a}\n  - {type: disk}\n", "storage/config/1: 'id' is a required property", 5)]
    [InlineData("version: 1\nnonsense: true\n", "nonsense", 1)]
    public void The_schema_of_autoinstall_names_the_line(string text, string? message, int line)
    {
        RequireLibrary();
        var (found, missing) = _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", text), null, _directory.Write("schema.json", Schema));

        Assert.Null(missing);
        Assert.Equal(message is null ? 0 : 1, found.Count);
        Assert.All(found, f => Assert.Equal(("schema", line, true), (f.Rule, f.Line, f.IsError)));
        Assert.All(found, f => Assert.Contains(message!, f.Message));
    }

    [Theory]
    [InlineData("{", "a: b")]
    [InlineData("""{"type": 7}""", "a: b")]
    [InlineData("{}", "a: [")]
    public void A_schema_or_a_file_that_is_none_is_an_error_and_no_pass(string schema, string text)
    {
        RequireLibrary();
        Assert.Throws<UserError>(() => _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", text), null, _directory.Write("schema.json", schema)));
    }

    [Fact]
    public void No_schema_is_said()
    {
        Assert.SkipWhen(File.Exists(LintTools.UsualSchema), "this machine has a schema");
        Assert.Contains("--schema", _tools.Check(InstallerFileKind.Autoinstall, _directory.Write("x.yaml", "version: 1\n"), null, null).Missing);
        Assert.Equal(2, Assert.Throws<UserError>(() => _tools.Check(InstallerFileKind.Autoinstall, "x", null, _directory.At("none"))).ExitCode);
    }

    /// <summary>What Ubuntu's installer reads the file with decides what is YAML; lint must say the same where there is no Python.</summary>
    [Fact]
    public void Lint_and_Pythons_YAML_are_of_one_mind()
    {
        RequireLibrary();
        string[] texts =
        [
            "a: [1, 2\nb: 3\n",
            "a: {b: 1}}\n",
            "a: \"x\nb: 3\n",
            "a:\n\tb: 1\n",
            "a:\n  b: 1\n \tc: 2\n",
            "a:\t1\n",
            "a: 1\t# x\n",
            "a: 1\t\n",
            "a: \t 1\n",
            "\t# x\na: 1\n",
            "a: 1\n\t\nb: 2\n",
            "a: x\ty\n",
            "a: \"x\ty\"\nb: 'x\ty'\n# x\ty\nc: 1 # x\ty\n",
            "a: |\n  x\ty\n\n  z\nb: 1\t\n",
            "a: {x: 1,\ty: 2}\n",
            "a: x: y\n",
            "a: - b\n",
            "a: 1\nb\nc: 2\n",
            "a: \"\\q\"\n",
            "a: *x\nb: &x 1\n",
            "a: 1\n---\nb: 2\n",
            "a: 1\n...\nb: 2\n",
            "a: !x y\n",
            "a: 1\n[b]: c\n",
            "a: !!python/name:os.system ''\n",
            "a: x\u0007y\n",
            ": x\n",
            "%FOO 1\na: b\n",
            "a: {b:1}\n",
            "a: &x {b: 1}\nc: {<<: *x}\n",
            "a: it's\nb: 'it''s'\nc: \"\\u00e9\"\n",
            "a: |\n  x: [\n  \ty\nb: >-\n  z\n",
            "a:\n- b\n- - c\n  - d\n",
            "a: -x\nb: ?x\nc: $6$x$y\nd: a#b\n",
            "a: \ud83d\ude00\n",
            "a: !!str 1\n",
            "%YAML 1.1\n---\na: b\n",
        ];
        var files = texts.Select((text, i) => _directory.Write($"{i}.yaml", text)).ToList();
        var read = Shell.Run(
            """
            /usr/bin/python3 -c '
            import sys, yaml
            for name in sys.argv[1:]:
                try:
                    yaml.safe_load(open(name, encoding="utf-8"))
                    print("yes")
                except yaml.YAMLError:
                    print("no")
            '
            """.TrimEnd() + " " + string.Join(' ', files)).Split('\n');

        Assert.Equal(read.Zip(texts), texts.Select(t => (AutoinstallLint.Check(t).Any(f => f.Rule == AutoinstallLint.NoYaml) ? "no" : "yes", t)));
        Assert.Equal(["no", "yes"], read.Distinct().Order());
    }

    private static void RequireLibrary() =>
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && Shell.Run("/usr/bin/python3 -c 'import yaml, jsonschema' 2>&1 || echo no") == "", "needs python3-yaml and python3-jsonschema");
}
