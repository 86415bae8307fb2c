using Allie.Errors;
using Allie.Installers.Bootstrap;
using Allie.Linux.Installers.Bootstrap;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers.Bootstrap;

/// <summary>What surrounds mmdebstrap; a fake one plays its part.</summary>
public sealed class TreeBootstrapTests : IDisposable
{
    private static readonly BootstrapRequest Request = new("trixie", "minbase", ["rsync"], ["deb http://h/debian trixie main"], "LABEL=x / ext4 defaults 0 1");
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_tree_appears_whole_under_its_name()
    {
        Run(new Fake(0));

        Assert.Equal(["tree"], Names());
        Assert.True(File.Exists(_directory.At("work/tree/made")));
    }

    [Fact]
    public void A_failure_is_told_in_mmdebstraps_words_and_leaves_nothing()
    {
        var error = Assert.Throws<UserError>(() => Run(new Fake(1)));

        Assert.Contains("no such suite", error.Message);
        Assert.Contains("deb http://h/debian", error.Hint);
        Assert.Empty(Names());
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_by_the_next()
    {
        _directory.Write("work/.tree.bootstrap/half", "x");

        Run(new Fake(0));

        Assert.Equal(["tree"], Names());
        Assert.False(File.Exists(_directory.At("work/tree/half")));
    }

    [Fact]
    public void A_tree_that_is_there_is_left_alone()
    {
        var file = _directory.Write("work/tree/etc/passwd", "x");

        Assert.Equal(2, Assert.Throws<UserError>(() => Run(new Fake(0))).ExitCode);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void The_fstab_line_goes_by_the_environment_and_only_stages_are_told()
    {
        var fake = new Fake(0);

        var said = Run(fake);

        Assert.Equal(Request.Fstab, fake.Seen!.Environment["ALLIE_FSTAB"]);
        Assert.Equal(["mmdebstrap: making trixie", "extracting archives"], said.Where(l => !l.StartsWith("allie: ", StringComparison.Ordinal)));
        Assert.Contains("allie: the tree has no init; the package is: systemd-sysv", said);
    }

    private List<string> Run(IRunner runner)
    {
        var said = new List<string>();
        new TreeBootstrap(new(runner)).Run(_directory.At("work/tree"), _directory.At("lock/tree.lock"), Request, said.Add);
        return said;
    }

    private IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(_directory.At("work")).Select(f => Path.GetFileName(f)!);

    private sealed class Fake(int code) : IRunner
    {
        internal Command? Seen { get; private set; }

        public Outcome Run(Command command)
        {
            Seen = command;
            var target = command.Arguments.Single(a => a.EndsWith(".tree.bootstrap", StringComparison.Ordinal));
            Directory.CreateDirectory(target);
            File.WriteAllText(Path.Combine(target, "made"), "");
            command.OnErrorLine!("I: extracting archives...");
            command.OnErrorLine!("I: automatically chosen format: directory");
            if (code != 0)
            {
                command.OnErrorLine!("E: no such suite");
            }

            return new(command.Program, code, "", ["last"]);
        }
    }
}
