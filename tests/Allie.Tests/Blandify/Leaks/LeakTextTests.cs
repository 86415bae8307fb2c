using System.Text;
using Allie.Blandify;
using Allie.Blandify.Identities;
using Allie.Blandify.Leaks;
using Allie.Blandify.Undo;
using Allie.Errors;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Blandify.Leaks;

public class LeakTextTests
{
    [Theory]
    [InlineData(TermEdge.Word, "x pc07.", "", true)]
    [InlineData(TermEdge.Word, "", "1", false)]
    [InlineData(TermEdge.Word, "x", "", false)]
    [InlineData(TermEdge.Word, "_", "-", true)]
    [InlineData(TermEdge.Hex, "g", "z", true)]
    [InlineData(TermEdge.Hex, "f", "", false)]
    [InlineData(TermEdge.Address, "", ".", true)]
    [InlineData(TermEdge.Address, "", ".1", false)]
    [InlineData(TermEdge.Address, "1", "", false)]
    public void What_stands_beside_a_find_decides(TermEdge edge, string before, string after, bool fits) =>
        Assert.Equal(fits, TermEdges.Fit(edge, Encoding.Latin1.GetBytes(before), Encoding.Latin1.GetBytes(after)));

    [Fact]
    public void A_machine_id_and_a_mac_are_looked_for_in_all_their_forms()
    {
        var terms = TraitTerms.Of(Identity.Of([new(TraitKind.MachineId, "0123456789abcdef0123456789abcdef"), new(TraitKind.Mac, "00:1b:21:3c:9d:f8")])).Select(t => t.Literal);

        Assert.Equal(["0123456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef", "00:1b:21:3c:9d:f8", "00-1b-21-3c-9d-f8", "001b213c9df8"], terms);
    }

    [Fact]
    public void A_name_that_is_a_word_is_not_looked_for_where_only_packages_write()
    {
        var terms = TraitTerms.Of(Identity.Of([new(TraitKind.HostName, "ruby"), new(TraitKind.HostName, "pc07")])).ToList();

        Assert.Equal([true, false], terms.Select(t => t.OnlySiteFiles));
        Assert.True(SitePlaces.IsOfPackages(ImagePath.Of("usr/share/doc/x")) && SitePlaces.IsOfPackages(ImagePath.Of("var/lib/dpkg/status")));
        Assert.False(SitePlaces.IsOfPackages(ImagePath.Of("usr/local/bin/x")) || SitePlaces.IsOfPackages(ImagePath.Of("etc/x")) || SitePlaces.IsOfPackages(ImagePath.Of("usrx")));
    }

    [Fact]
    public void Tables_of_the_site_and_lines_put_aside_may_name_the_machine()
    {
        Assert.True(SitePlaces.MayStand(ImagePath.Of("etc/fstab"), TraitKind.FileSystem, "#allie:local UUID=x"u8));
        Assert.True(SitePlaces.MayStand(ImagePath.Of("etc/hosts"), TraitKind.HostName, "10.0.0.7 pc07"u8));
        Assert.True(SitePlaces.MayStand(ImagePath.Of("etc/allie-image"), TraitKind.HostName, "from = \"pc07\""u8));
        Assert.False(SitePlaces.MayStand(ImagePath.Of("etc/hosts"), TraitKind.HostName, "127.0.0.1 pc07"u8));
        Assert.False(SitePlaces.MayStand(ImagePath.Of("etc/motd"), TraitKind.HostName, "10.0.0.7 pc07"u8));
    }

    [Fact]
    public void Secrets_are_named_without_being_told()
    {
        var shadow = SecretFiles.InText(ImagePath.Of("etc/shadow"), "root:$6$salt$hash:1::::\nbin:*:1::::\nold:!$1$x$y:1::::\ndes:AbCdEfGhIjKlM:1::::\nlocked:!:1::::\n")!;
        var wifi = SecretFiles.InText(ImagePath.Of("etc/NetworkManager/system-connections/w"), "[wifi-security]\npsk=geheim\nkey-mgmt=wpa-psk\n")!;

        Assert.Equal((SecretKind.PasswordHash, "of root, old, des", false), (shadow.Kind, shadow.Evidence, shadow.IsIdentity));
        Assert.Equal((SecretKind.WifiKey, "has psk"), (wifi.Kind, wifi.Evidence));
        Assert.Null(SecretFiles.InText(ImagePath.Of("etc/shadow"), "root:*:1::::\n"));
    }

    [Theory]
    [InlineData("root/.bash_history", SecretKind.History)]
    [InlineData("etc/krb5.keytab", SecretKind.Keytab)]
    [InlineData("home/a/.aws/credentials", SecretKind.Credentials)]
    [InlineData("usr/share/doc/x/example.keytab", null)]
    [InlineData("etc/credentials", null)]
    public void A_name_can_tell_a_secret(string path, string? kind) => Assert.Equal(kind, SecretFiles.ByName(ImagePath.Of(path))?.Kind);

    [Theory]
    [InlineData("-----BEGIN RSA ", "\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCD\n", true)]
    [InlineData("text\n-----BEGIN ENCRYPTED ", "\r\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCD\r\n", true)]
    [InlineData("-----BEGIN RSA ", "\nProc-Type: 4,ENCRYPTED\n", true)]
    [InlineData("-----BEGIN OPENSSH ", "\0more strings of a program", false)]
    [InlineData("the line -----BEGIN RSA ", "\nMIIEpAIBAAKCAQEA0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCD\n", false)]
    [InlineData("-----BEGIN RSA ", "\n...\n", false)]
    public void A_private_key_is_told_apart_from_talk_of_one(string before, string after, bool isOne) =>
        Assert.Equal(isOne, PrivateKeys.IsOne(Encoding.Latin1.GetBytes(before), "PRIVATE KEY-----"u8, Encoding.Latin1.GetBytes(after)));

    [Fact]
    public void What_is_shown_of_a_profile_or_a_key_hides_its_secret()
    {
        const string Text = "ssid=lab\npsk=geheim1\n-  password: geheim2\nroot:$6$salt$geheim3geheim3:1\n-----BEGIN RSA PRIVATE KEY-----\ngeheim4\n-----END RSA PRIVATE KEY-----\nWPA_PSK='geheim5'\nrootpw geheim6\n";

        var shown = Masking.Hide(Text);

        Assert.DoesNotContain("geheim", shown);
        Assert.Contains("ssid=lab\npsk=(hidden)\n", shown);
        Assert.Equal("PermitRootLogin no\nkey-mgmt=wpa\n", Masking.Hide("PermitRootLogin no\nkey-mgmt=wpa\n"));
    }

    [Fact]
    public void An_accept_list_names_files_and_directories_as_reports_print_them()
    {
        var list = AcceptList.None.With(["/etc/exports", "srv/data/", "/odd \"name\" \\xff"]);
        var again = AcceptList.Parse(list.Format("f18"), "f18.toml");

        Assert.Equal(list.Paths, again.Paths);
        Assert.True(again.Has(ImagePath.Of("etc/exports")) && again.Has(ImagePath.Of("srv/data/deep/x")) && again.Has(ImagePath.FromRaw("odd \"name\" \u00ff")));
        Assert.False(again.Has(ImagePath.Of("etc/exports2")) || again.Has(ImagePath.Of("srv")));
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => AcceptList.Parse("acept = []", "f18.toml")).ExitCode);
    }

    [Fact]
    public void What_changes_will_leave_is_known_before_they_are_made()
    {
        var planned = new PlannedPlaces(
        [
            new("r", ImagePath.Of("boot/old"), TreeAction.Rename, "") { After = "boot/new" },
            new("r", ImagePath.Of("boot/new/e.conf"), TreeAction.Write, "") { After = "x" },
            new("r", ImagePath.Of("var/log"), TreeAction.RemoveTree, ""),
            new("r", ImagePath.Of("etc/hostname"), TreeAction.Truncate, ""),
        ]);

        Assert.Equal("boot/new/kernel", planned.Becomes(ImagePath.Of("boot/old/kernel"))?.Raw);
        Assert.Null(planned.Becomes(ImagePath.Of("boot/old/e.conf")));
        Assert.Null(planned.Becomes(ImagePath.Of("var/log")));
        Assert.Null(planned.Becomes(ImagePath.Of("etc/hostname")));
        Assert.Equal("etc/hosts", planned.Becomes(ImagePath.Of("etc/hosts"))?.Raw);
        Assert.Equal(["boot/new/e.conf", "etc/hostname"], planned.Made.Select(m => m.Path.Raw).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_journal_survives_any_name_and_a_damaged_one_is_not_guessed_at()
    {
        UndoRecord[] records = [new(1, ImagePath.FromRaw("etc/a\nb\u00ff"), UndoKind.Saved, UndoRecord.File("x"u8)), new(2, ImagePath.Root, UndoKind.Touched, UndoRecord.Any)];
        var text = UndoRecord.Format(records);

        Assert.Equal(records, UndoRecord.Parse(text, "index"));
        Assert.Throws<UserError>(() => UndoRecord.Parse(text[..^8], "index"));
    }
}
