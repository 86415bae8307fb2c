using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>mdadm.conf(5): arrays of the captured PC become comments; a line that begins with a blank goes on the one before.</summary>
public static class Mdadm
{
    public static string Rewrite(string text)
    {
        var inArray = false;
        return LineEdit.Each(text, line =>
        {
            inArray = line.Length > 0 && line[0] is ' ' or '\t' ? inArray : line.StartsWith("ARRAY", StringComparison.OrdinalIgnoreCase);
            return inArray && line.Trim().Length > 0 && !line.TrimStart().StartsWith('#') ? LineEdit.LocalMark + line
                : line.StartsWith("HOMEHOST ", StringComparison.OrdinalIgnoreCase) ? "HOMEHOST <system>"
                : line;
        });
    }
}
