using Allie.Errors;

namespace Allie.Overlays.Templates;

/// <summary>A template's text, one byte per char, and where in it something is, for people.</summary>
/// <param name="shown">"etc/motd.allie".</param>
/// <param name="text">The whole.</param>
internal sealed class TemplateSource(string shown, string text)
{
    internal string Text => text;

    /// <summary>"etc/motd.allie(3,7): ..."; columns count characters of UTF-8, not bytes.</summary>
    internal UserError Fault(int at, string reason)
    {
        var before = text[..Math.Min(at, text.Length)];
        var line = before.Count(c => c == '\n') + 1;
        var column = before[(before.LastIndexOf('\n') + 1)..].Count(c => (c & 0xC0) != 0x80) + 1;
        return new($"{shown}({line},{column}): {reason}");
    }
}
