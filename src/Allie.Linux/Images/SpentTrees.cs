using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>
/// Work trees that have become a generation and only wait to be removed: .work/.NAME.spent.N. The blocks of a whole image take longer to free than the
/// publish itself, and nobody waits for them: what is left by a kill goes with the next publish.
/// </summary>
public sealed class SpentTrees(ImageStore store, string image)
{
    /// <summary>Fewer entries are gone before another process has begun.</summary>
    public const int WorthAProcess = 5000;

    // The words are arguments of the shell, no part of its program. The output of a caller must not stay open until all is removed.
    private const string Silent = "exec \"$@\" </dev/null >/dev/null 2>&1";

    private static readonly ImagePath Work = ImagePath.Of(".work");

    internal ImagePath Place(int generation) => Work.Join($".{image}.spent.{generation}");

    public void Clear()
    {
        using var images = ImageRoot.Open(store.Directory);
        foreach (var name in images.List(Work).Where(n => n.StartsWith($".{image}.spent.", StringComparison.Ordinal)))
        {
            images.RemoveTree(Work.Join(name));
        }
    }

    /// <summary>By a process of its own, which ends when they are gone.</summary>
    /// <param name="runner">Starts it.</param>
    /// <param name="words">What calls <see cref="Clear"/>: a program and its arguments.</param>
    public static void ClearLater(IRunner runner, IEnumerable<string> words) =>
        runner.RunChecked(new Command("setsid", ["-f", "ionice", "-c", "3", "nice", "-n", "10", "sh", "-c", Silent, "sh", .. words]));
}
