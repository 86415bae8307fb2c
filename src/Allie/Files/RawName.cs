using System.Text;

namespace Allie.Files;

/// <summary>File names as bytes in the one-byte-per-char form, and how people see them.</summary>
public static class RawName
{
    public static string FromText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>UTF-8 text where the bytes are valid, every other byte and control character as \xNN (the form of our JSON).</summary>
    public static string Display(string raw)
    {
        if (!raw.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return raw; // nearly every name, and a path is shown for each call that may fail
        }

        var bytes = Encoding.Latin1.GetBytes(raw);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < bytes.Length;)
        {
            var status = Rune.DecodeFromUtf8(bytes.AsSpan(i), out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                used = Math.Max(1, used);
                for (var k = 0; k < used; k++)
                {
                    text.Append($"\\x{bytes[i + k]:x2}");
                }
            }

            i += used;
        }

        return text.ToString();
    }
}
