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

    /// <summary>How many places a test kills at, others in every run; ALLIE_TEST_KILLS=9999 is all of them, and 20 random times.</summary>
    private static readonly int Most = Environment.GetEnvironmentVariable("ALLIE_TEST_KILLS") is { } given ? int.Parse(given) : Environment.GetEnvironmentVariable("CI") == "true" ? 20 : 8;

    private readonly Trial _trial = new(Make);

    public KillTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    public void Dispose() => _trial.Dispose();

    [Theory]
    [InlineData("none", "low")]
    [InlineData("low", "low high")]
    [InlineData("low high", "none")]
    public void Killed_before_any_call_that_changes_something_the_next_run_completes_it(string from, string to)
    {
        Start(from);
        var points = _trial.Count(Calls, to.Split(' ')).SelectMany(c => Enumerable.Range(1, c.Value).Select(n => (Call: c.Key, Number: n))).ToArray();
        Assert.True(points.Length > 60, $"only {points.Length} calls were seen");
        _trial.Run("manifest image > wanted");
        Random.Shared.Shuffle(points);
        points = points[..Math.Min(Most, points.Length)];
        var killed = 0;
        foreach (var (call, number) in points)
        {
            GoBack();
            var (code, _, errors) = _trial.ApplyKilledAt(call, number, to.Split(' '));
            Assert.True(code is 137 or 0, $"{call} {number}: not killed but exit {code} {errors}");
            killed += code == 137 ? 1 : 0;
            Complete($"killed before {call} number {number}", to);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{from} -> {to}: killed at {killed} places of {points.Length}");

        // What a run remembers for the next one depends on the clock, so the very last calls are not in every run.
        Assert.True(killed > points.Length * 3 / 4, $"only {killed} of {points.Length} runs were killed");
    }

    [Fact]
    public void Killed_at_random_times_the_next_run_completes_it()
    {
        _trial.Run("for i in $(seq 100); do echo $i > layers/high/etc/f$i; done");
        Start("low");
        var took = System.Diagnostics.Stopwatch.StartNew();
        _trial.Apply("low", "high");
        took.Stop();
        _trial.Run("manifest image > wanted");
        var killed = 0;
        for (var i = 0; i < Math.Min(Most, 20); i++)
        {
            GoBack();
            var after = Random.Shared.Next((int)took.ElapsedMilliseconds + 1);
            using (var run = _trial.Start("low", "high"))
            {
                run.WaitForExit(after); // the kill comes at a random time, whatever the state
                run.Kill();
                run.WaitForExit();
                killed += run.ExitCode == 137 ? 1 : 0;
            }

            Complete($"killed after {after} ms", "low high");
        }

        Assert.True(killed > 0, "every run was over before its kill");
    }

    /// <summary>From 64 steps on notes and new content are written by a thread each. strace counts the calls of each by themselves.</summary>
    /// <param name="call">A file's time is set by both threads for each file; the names of one file, undo's marks, are made by whichever comes to it.</param>
    /// <param name="most">That one of the threads makes for certain.</param>
    [Theory]
    [InlineData("utimensat", 100)]
    [InlineData("linkat", 50)]
    public void Killed_while_two_threads_write_the_next_run_completes_it(string call, int most)
    {
        _trial.Run("for i in $(seq 100); do echo $i > layers/high/etc/f$i; done");
        Start("low");
        _trial.Apply("low", "high");
        _trial.Run("manifest image > wanted");
        var (rounds, both) = (Math.Min(Most, 20), 0);
        for (var i = 0; i < rounds; i++)
        {
            GoBack();
            var number = Random.Shared.Next(10, most);
            Assert.Equal(137, _trial.ApplyKilledAt(call, number, ["low", "high"]).ExitCode);
            both += _trial.Run($"grep {call} trace | cut -d' ' -f1 | sort -u | wc -l").Trim() == "2" ? 1 : 0; // an early kill may come before the other thread has begun
            Complete($"killed before {call} number {number} of a thread", "low high");
        }

        Assert.True(call != "utimensat" || both * 2 > rounds, $"one thread wrote all in {rounds - both} of {rounds} runs");
    }

    private void Start(string layers) => _trial.Run($"apply {layers} -- -y; cp -a image start");

    private void GoBack() => _trial.Run("rm -rf image; cp -a start image");

    private void Complete(string where, string layers)
    {
        try
        {
            _trial.Run($"echo 0 > ran; apply {layers} -- -y; exits 0; manifest image > got; same wanted got 'not as an uninterrupted run'; no_traces; twice_is_once {layers}; withdrawn_is_before");
        }
        catch (InvalidOperationException e)
        {
            Assert.Fail($"{where}: {e.Message}");
        }
    }
}
