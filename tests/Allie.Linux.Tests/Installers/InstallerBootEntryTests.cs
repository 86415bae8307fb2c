using Allie.Errors;
using Allie.Installers;
using Allie.Linux.Installers;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

public sealed class InstallerBootEntryTests : IDisposable
{
    private const string Sourcing = "if [ -f $prefix/custom.cfg ]; then\n  source $prefix/custom.cfg\nfi\n";
    private readonly TempDirectory _directory = new();

    public InstallerBootEntryTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("set timeout=3\n# allie begin\nx\n# allie end\n")]
    [InlineData("set timeout=3")]
    [InlineData("")]
    public void The_entry_comes_with_its_files_and_goes_without_a_trace(string? custom)
    {
        _directory.Write("grub/grub.cfg", Sourcing);
        if (custom is not null)
        {
            _directory.Write("grub/custom.cfg", custom);
        }

        var entry = new InstallerBootEntry(_directory.At("grub"));
        entry.Put(_directory.Write("vmlinuz", "kernel"), _directory.Write("initrd.img", "initrd"), InstallerMenu.Entry("Fedora", "inst.cmdline"));
        entry.Put(_directory.At("vmlinuz"), _directory.At("initrd.img"), InstallerMenu.Entry("Fedora", "inst.text"));

        Assert.True(entry.IsThere);
        Assert.Equal("kernel", File.ReadAllText(_directory.At("grub/allie-installer/linux")));
        Assert.Equal("initrd", File.ReadAllText(_directory.At("grub/allie-installer/initrd")));
        Assert.Equal(InstallerMenu.Block.Add(custom), File.ReadAllText(_directory.At("grub/custom.cfg")));
        Assert.Equal(InstallerMenu.Entry("Fedora", "inst.text"), File.ReadAllText(_directory.At("grub/allie-installer/entry.cfg")));

        entry.Remove();
        entry.Remove();

        Assert.False(entry.IsThere);
        Assert.Equal(custom is null ? ["grub.cfg"] : ["custom.cfg", "grub.cfg"], Directory.EnumerateFileSystemEntries(_directory.At("grub")).Select(f => Path.GetFileName(f)!).Order());
        Assert.Equal(custom, custom is null ? null : File.ReadAllText(_directory.At("grub/custom.cfg")));
    }

    [Theory]
    [InlineData("", "does not source custom.cfg")]
    [InlineData(null, "has no grub.cfg")]
    public void A_menu_that_would_not_show_it_is_refused(string? grub, string message)
    {
        Directory.CreateDirectory(_directory.At("grub"));
        if (grub is not null)
        {
            _directory.Write("grub/grub.cfg", grub);
        }

        Assert.Contains(message, Assert.Throws<UserError>(() => new InstallerBootEntry(_directory.At("grub"))).Message);
    }
}
