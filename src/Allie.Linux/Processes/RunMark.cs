using Allie.Linux.Native;

namespace Allie.Linux.Processes;

/// <summary>
/// Finds what a program has started also when the program itself is dead and its children are init's: all of them have inherited a variable of their
/// environment. rsync needs it: a receiver whose generator was killed (out of memory) and the server's sender wait for each other without end
/// (measured: 1 of 40 kills), and the receiver has the file system open.
/// </summary>
internal sealed class RunMark
{
    private const string Variable = "ALLIE_RUN";

    private readonly string _value = Convert.ToHexString(RandomBytes.Read(8));

    internal KeyValuePair<string, string?> Environment => new(Variable, _value);

    /// <summary>Kills all that have the mark; ones that ended meanwhile are fine.</summary>
    internal void Kill()
    {
        const int Sigkill = 9;
        foreach (var (id, _) in ProcessTree.All().Where(p => IsMarked(p.Directory)))
        {
            _ = Libc.kill(id, Sigkill);
        }
    }

    private bool IsMarked(string directory)
    {
        try
        {
            return File.ReadAllText(directory + "/environ").Split('\0').Contains($"{Variable}={_value}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile, or another user's
        }
    }
}
