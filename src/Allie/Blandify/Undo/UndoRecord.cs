using System.Globalization;
using System.IO.Hashing;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Undo;

/// <summary>What a path was before a run of blandify.</summary>
public enum UndoKind
{
    /// <summary>Nothing was there.</summary>
    Absent,

    /// <summary>A file, link or special file, which the journal has.</summary>
    Saved,

    /// <summary>A directory that the run changes or takes away; the journal has its metadata.</summary>
    Directory,

    /// <summary>A directory in which something is changed: only its time is given back.</summary>
    Touched,
}

/// <summary>One path of a run.</summary>
/// <param name="Number">Its name in the journal's files.</param>
/// <param name="Path">In the tree.</param>
/// <param name="Kind">What it was before.</param>
/// <param name="After">What the run makes of it, to tell whether somebody has changed it since: the forms below, one for each change of the path, as a kill may come
/// between two.</param>
public sealed record UndoRecord(int Number, ImagePath Path, UndoKind Kind, string After)
{
    public const string Gone = "gone";
    public const string Any = "any";

    /// <summary>A directory, empty again by the time that it is taken away.</summary>
    public const string Folder = "directory";

    /// <summary>Our own state of overlays: whatever of it is there then, also what a killed run has begun, is replaced as a whole.</summary>
    public const string Ours = "ours";

    /// <summary>A file with this content.</summary>
    public static string File(ReadOnlySpan<byte> content) => "file " + XxHash3.HashToUInt64(content).ToString("x16", CultureInfo.InvariantCulture);

    public static string Link(string target) => "link " + XxHash3.HashToUInt64(System.Text.Encoding.Latin1.GetBytes(target)).ToString("x16", CultureInfo.InvariantCulture);

    public bool MayBecome(string form) => After.Split(';').Contains(form);

    public UndoRecord And(string form) => MayBecome(form) ? this : this with { After = $"{After};{form}" };

    /// <summary>NUL between fields: no path and no target holds one.</summary>
    public static string Format(IEnumerable<UndoRecord> records) =>
        string.Concat(records.Select(r => $"{r.Number.ToString(CultureInfo.InvariantCulture)}\0{r.Kind}\0{r.Path.Raw}\0{r.After}\0"));

    /// <exception cref="UserError">The journal is damaged; it is never guessed at.</exception>
    public static IReadOnlyList<UndoRecord> Parse(string text, string file)
    {
        var fields = text.Split('\0')[..^1];
        return fields.Length % 4 == 0 && fields.Chunk(4).All(f => int.TryParse(f[0], CultureInfo.InvariantCulture, out _) && Enum.TryParse<UndoKind>(f[1], out _))
            ? [.. fields.Chunk(4).Select(f => new UndoRecord(int.Parse(f[0], CultureInfo.InvariantCulture), ImagePath.FromRaw(f[2]), Enum.Parse<UndoKind>(f[1]), f[3]))]
            : throw new UserError($"cannot read the journal {file}: it is damaged", "nothing was changed; capture the image again");
    }
}
