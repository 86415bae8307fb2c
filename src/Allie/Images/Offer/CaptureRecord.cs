using Allie.Config;

namespace Allie.Images.Offer;

/// <summary>
/// Where a work tree comes from, beside it as .work/.NAME.capture. Captured is empty while the capture is not complete (UTC, ISO 8601
/// after), so that a torn tree is never published.
/// </summary>
public sealed record CaptureRecord(string From, string Captured)
{
    public bool IsComplete => Captured.Length > 0;

    public static CaptureRecord Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var record = new CaptureRecord(values.Text("from", ""), values.Text("captured", ""));
        values.RefuseUnknown();
        return record;
    }

    public string Format() =>
        $"""
        # where this work tree comes from; written by: allie image capture
        from = "{From}"
        captured = "{Captured}"

        """;
}
