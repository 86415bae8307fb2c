using System.Buffers.Binary;
using System.Text;

namespace Allie.Boot.Switching;

/// <summary>/run/utmp (utmp(5)): who is logged in on terminals, also where there is no logind.</summary>
public static class Utmp
{
    private const int RecordBytes = 384;
    private const short UserProcess = 7;

    /// <summary>Name, terminal and process of each login; one whose process is gone is stale.</summary>
    public static IReadOnlyList<(string User, string Line, int Process)> Parse(ReadOnlySpan<byte> file)
    {
        var found = new List<(string, string, int)>();
        for (var at = 0; at + RecordBytes <= file.Length; at += RecordBytes)
        {
            var record = file.Slice(at, RecordBytes);
            if (BinaryPrimitives.ReadInt16LittleEndian(record) == UserProcess)
            {
                found.Add((Text(record.Slice(44, 32)), Text(record.Slice(8, 32)), BinaryPrimitives.ReadInt32LittleEndian(record[4..])));
            }
        }

        return found;
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field);
}
