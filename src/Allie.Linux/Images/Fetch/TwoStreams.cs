using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Images.Fetch;

/// <summary>Two transfers at the same time, shown as one.</summary>
internal static class TwoStreams
{
    /// <summary>Waits for both, also when one fails: nothing may write to the target when this has returned.</summary>
    internal static void Run(RsyncRunner rsync, (RsyncCall First, RsyncCall Second) calls, string what, Action<RsyncProgress> onProgress)
    {
        var gate = new Lock();
        RsyncProgress?[] at = [null, null];
        Task[] running = [Start(calls.First, 0), Start(calls.Second, 1)];
        try
        {
            Task.WaitAll(running);
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        Task Start(RsyncCall call, int which) => Task.Run(() => rsync.Run(call, what, progress =>
        {
            lock (gate)
            {
                at[which] = progress;
                onProgress(Sum(at[0], at[1]));
            }
        }));
    }

    private static RsyncProgress Sum(RsyncProgress? a, RsyncProgress? b) =>
        a is null ? b! : b is null ? a
        : a with { Bytes = a.Bytes + b.Bytes, Percent = (a.Percent + b.Percent) / 2, FilesLeft = a.FilesLeft + b.FilesLeft, FilesTotal = a.FilesTotal + b.FilesTotal };
}
