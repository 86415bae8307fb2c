namespace Allie.Plans;

/// <summary>One thing that a plan would do: what, on which object, and why.</summary>
public interface IStep
{
    /// <summary>A short verb of the subject: format, fetch, install, restore, ...</summary>
    string Action { get; }

    /// <summary>The path, device or file it acts on, as people read it.</summary>
    string Target { get; }

    string Reason { get; }

    /// <summary>What a finer JSON row carries besides: layer, before, after, ... Null values are left out.</summary>
    IEnumerable<KeyValuePair<string, string?>> Details => [];
}
