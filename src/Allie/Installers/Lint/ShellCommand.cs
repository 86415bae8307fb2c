namespace Allie.Installers.Lint;

/// <summary>One simple command of a script.</summary>
/// <param name="Line">From 1, within the script.</param>
/// <param name="Words">Without quotes; what the shell puts in for $x stays as it is written.</param>
/// <param name="Targets">What its output goes to by &gt; and &gt;&gt;.</param>
internal sealed record ShellCommand(int Line, IReadOnlyList<string> Words, IReadOnlyList<string> Targets)
{
    /// <summary>Words that stand before a command and are none.</summary>
    private static readonly HashSet<string> Before =
        ["if", "then", "elif", "else", "while", "until", "do", "!", "{", "time", "exec", "command", "env", "sudo", "nohup", "nice", "busybox", "in-target", "--"];

    /// <summary>What a here-document gives it.</summary>
    public IReadOnlyList<(int Line, string Text)> Document { get; init; } = [];

    /// <summary>The name without its directory and without what runs it (chroot, in-target, curtin in-target --); "": there is none.</summary>
    public string Name => Own is [var name, ..] ? name[(name.LastIndexOf('/') + 1)..] : "";

    /// <summary>The words behind the name.</summary>
    public IEnumerable<string> Arguments => Own.Skip(1);

    private List<string> Own
    {
        get
        {
            var left = Words.ToList();
            while (left.Count > 0)
            {
                var skip = Before.Contains(left[0]) || IsAssignment(left[0]) ? 1
                    : left[0] is "chroot" or "timeout" or "log-output" ? left.Skip(1).TakeWhile(w => w.StartsWith('-')).Count() + 2
                    : left[0] == "curtin" && left.ElementAtOrDefault(1) == "in-target" ? left.TakeWhile(w => w != "--").Count()
                    : 0;
                if (skip == 0)
                {
                    break;
                }

                left.RemoveRange(0, Math.Min(skip, left.Count));
            }

            return left;
        }
    }

    public bool Has(params string[] options) => Arguments.Any(a => options.Contains(a.Split('=')[0]));

    private static bool IsAssignment(string word) => word.IndexOf('=') is var at and > 0 && word[..at].All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
