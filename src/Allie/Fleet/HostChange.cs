using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>What is to become of PCs' groups, images, address or tags. "groups=a,b" sets, "groups+=c" adds, "groups-=c" takes away, a null value forgets.</summary>
public sealed partial record HostChange(string Key, char Sign, string? Value)
{
    internal bool IsList => Key is "groups" or "images";

    internal IReadOnlyList<string> Items => (Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="UserError">Exit 2.</exception>
    public static HostChange Parse(string word)
    {
        var match = Word().Match(word);
        if (!match.Success)
        {
            throw UserError.Refused($"cannot read '{word}'", "groups=A,B  groups+=A  groups-=A  images=...  addr=IP  tag.NAME=VALUE; no blanks and no #");
        }

        var change = new HostChange(match.Groups["key"].Value, match.Groups["sign"].Value is { Length: > 0 } sign ? sign[0] : '=', match.Groups["value"].Value);
        return change.Sign == '=' || change.IsList ? change : throw UserError.Refused($"'{word}': only groups and images can be added to or taken from");
    }

    /// <exception cref="UserError">Exit 2.</exception>
    public static HostChange Forget(string key) => KeyName().IsMatch(key)
        ? new(key, '=', null)
        : throw UserError.Refused($"there is nothing called '{key}' in the hosts file", "groups, images, addr or tag.NAME");

    /// <summary>What the PC's entry then is.</summary>
    internal HostEntry Of(HostEntry entry) => Key switch
    {
        "groups" => entry with { Groups = Of(entry.Groups) },
        "images" => entry with { Images = Of(entry.Images) },
        "addr" => entry with { Address = Value },
        _ => entry with { Tags = Value is null ? entry.Tags.Where(t => t.Key != Key[4..]).ToDictionary() : new Dictionary<string, string>(entry.Tags) { [Key[4..]] = Value } },
    };

    internal IReadOnlyList<string> Of(IReadOnlyList<string> list) => Sign switch
    {
        '+' => [.. list.Union(Items)],
        '-' => [.. list.Except(Items)],
        _ => Items,
    };

    [GeneratedRegex(@"\A(?<key>groups|images|addr|tag\.[^\s=#+]+)(?<sign>[+-])?=(?<value>[^\s#]*)\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A(groups|images|addr|tag\.[^\s=#]+)\z")]
    private static partial Regex KeyName();
}
