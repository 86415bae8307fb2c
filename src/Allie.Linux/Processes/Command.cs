namespace Allie.Linux.Processes;

/// <summary>
/// A program to run: arguments as a list, never a joined string; LC_ALL=C always. Environment adds to ours. Secrets go into the environment
/// or Input, never into Arguments.
/// </summary>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    public string? Input { get; init; }

    /// <summary>When set, stdin is what this stream has from where it stands.</summary>
    public Stream? InputFrom { get; init; }

    /// <summary>After this time the program and its children are killed and the run fails.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Called with each line of stdout as it comes (split at \r too, as progress bars want); stdout is not kept then.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Called with each line of stderr as it comes.</summary>
    public Action<string>? OnErrorLine { get; init; }

    /// <summary>When set, stdout is written here as it comes and is not kept.</summary>
    public Stream? OutputTo { get; init; }

    /// <summary>Watches the running program; returns the reason to kill it, or null to let it run.</summary>
    public Watchdog? Watchdog { get; init; }

    /// <summary>Ends the program early; the run fails as one over its limit does.</summary>
    public CancellationToken Stop { get; init; }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(a => a.Length == 0 || a.Contains(' ') ? $"'{a}'" : a));
}
