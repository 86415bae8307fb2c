using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Overlays;

/// <summary>
/// kill -9 at every step boundary and at random times. Whatever was under way, the next run ends where an uninterrupted one does, and
/// without layers the image is as it was.
/// </summary>
public sealed class KillTests : IDisposable
{
    /// <summary>Every call by which a run changes a disk, but for openat: what it makes is there before the next of these.</summary>
    private const string Calls = "write,renameat,renameat2,unlinkat,mkdirat,symlinkat,mknodat,fchmod,fchmodat,fchownat,utimensat,ftruncate,setxattr,lsetxattr,fsetxattr,removexattr,syncfs,fsync";

    private const string Make =
        """
        echo own | tee image/etc/a image/etc/b > image/etc/gone; chmod 640 image/etc/a; ln -s a image/etc/l; mkdir -p image/opt/d/e; echo deep > image/opt/d/e/f; mkdir -m 700 image/etc/meta
        mkdir -p layers/low/{etc/new,etc/meta,opt}; echo 1 | tee layers/low/etc/{a,l,new/n} > layers/low/etc/only; touch layers/low/etc/.wh.gone layers/low/opt/.wh.d layers/low/etc/meta/.allie-dir
        mkdir -p layers/high/{etc,opt/d}; echo 2 | tee layers/high/etc/{a,b,c} > layers/high/opt/d/in; ln -s c layers/high/etc/to; touch layers/high/etc/.keep.only
        """;

    /// <summary>CI kills everywhere; elsewhere every run kills at other places.</summary>
    private static readonly bool Everywhere = Environment.GetEnvironmentVariable("CI") == "true";

    private readonly Trial _trial = new(Make);

    public KillTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    public void Dispose() => _trial.Dispose();

    [Theory]
    [InlineData("none", "low")]
    [InlineData("low", "low high")]
    [InlineData("low high", "none")]
    public void Killed_before_any_call_that_changes_something_the_next_run_completes_it(string from, string to)
    {
        _trial.Apply(from.Split(' '));
        _trial.Keep("start");
        var counts = _trial.Count(Calls, to.Split(' '));
        var wanted = _trial.Manifest();
        var points = counts.SelectMany(c => Enumerable.Range(1, c.Value).Select(n => (Call: c.Key, Number: n))).ToArray();
        Assert.True(points.Length > 60, $"only {points.Length} calls were seen");
        if (!Everywhere)
        {
            Random.Shared.Shuffle(points);
            points = points[..12];
        }

        foreach (var (call, number) in points)
        {
            _trial.GoBackTo("start");
            var killed = _trial.ApplyKilledAt(call, number, to.Split(' '));
            Assert.True(killed.ExitCode == 137, $"{call} {number}: not killed but exit {killed.ExitCode} {killed.Errors}");

            Complete($"{call} {number}", to, wanted);
        }
    }

    [Fact]
    public void Killed_at_random_times_the_next_run_completes_it()
    {
        _trial.Run("for i in $(seq 200); do echo $i > layers/high/etc/f$i; done");
        _trial.Apply("low");
        _trial.Keep("start");
        var took = System.Diagnostics.Stopwatch.StartNew();
        _trial.Apply("low", "high");
        var wanted = _trial.Manifest();
        var (killed, random) = (0, new Random());
        for (var i = 0; i < (Everywhere ? 20 : 6); i++)
        {
            _trial.GoBackTo("start");
            var after = random.Next((int)took.ElapsedMilliseconds + 1) % 400;
            using (var run = _trial.Start("low", "high"))
            {
                run.WaitForExit(after); // the kill comes at a random time, whatever the state
                run.Kill();
                run.WaitForExit();
                killed += run.ExitCode == 137 ? 1 : 0;
            }

            Complete($"killed after {after} ms", "low high", wanted);
        }

        Assert.True(killed > 0, "every run was over before its kill");
    }

    private void Complete(string where, string layers, string wanted)
    {
        var (code, _, errors) = _trial.Apply(layers.Split(' '));
        Assert.True(code == 0, $"{where}: {errors}");
        Assert.True(wanted == _trial.Manifest(), $"{where}: {Difference(wanted, _trial.Manifest())}");
        Assert.Equal("", _trial.Run("find image -name '.allie-*'"));
        var (again, said, _) = _trial.Apply(layers.Split(' '));
        Assert.True((again, said) == (0, ""), $"{where}: the same again does {said}");
        _trial.Apply("none");
        _trial.Run("manifest image > now");
        Assert.True(_trial.Run("cmp before now || :").Length == 0, $"{where}: {_trial.Run("diff -a <(tr '\\0' '\\n' < before) <(tr '\\0' '\\n' < now) || :")}");
    }

    private static string Difference(string was, string now) =>
        string.Join("\n", was.Split('\n').Except(now.Split('\n')).Select(l => "- " + l).Concat(now.Split('\n').Except(was.Split('\n')).Select(l => "+ " + l)));
}
