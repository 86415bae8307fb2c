namespace Allie.Rsync;

/// <summary>How long to wait before rsync is tried again, and when to give up.</summary>
/// <param name="tries">At most, for what is broken; a server that is full gets <see cref="MoreForFull"/> more.</param>
public sealed class RsyncRetry(int tries)
{
    private const int MoreForFull = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The server works and has said that others come first: worth some patience (four to six minutes in all).</summary>
    public static bool IsFull(string said) => said.Contains("@ERROR: max connections", StringComparison.Ordinal)
        || said.Contains("kex_exchange_identification", StringComparison.Ordinal); // sshd's MaxStartups closes before it says its name

    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="broken">How many of them met something else than a server at its limit of connections.</param>
    /// <param name="random">0 to 1: half as much again at most, so that many PCs do not come back at once.</param>
    /// <returns>Null: give up.</returns>
    public TimeSpan? After(int attempt, int broken, double random)
    {
        if (broken >= tries || attempt >= (tries > 1 ? tries + MoreForFull : tries))
        {
            return null;
        }

        var doubled = TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
        return (doubled < Longest ? doubled : Longest) * (1 + (random / 2));
    }
}
