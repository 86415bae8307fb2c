using Allie.Config;

namespace Allie.Images;

/// <summary>
/// /etc/allie-image: which image and generation a tree is, written at publish. Generation 0: not published by a server (a base
/// system that was there before).
/// </summary>
public sealed record ImageStamp(string Name, int Generation, string Captured, string From)
{
    /// <summary>Where it is in every image.</summary>
    public const string Path = "etc/allie-image";

    public static ImageStamp Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        return new(
            ImageName.Check(values.Text("name", "")), values.Number("generation", 0), values.Text("captured", ""), values.Text("from", ""));
    }

    public string Format() =>
        $"""
        # which image this is; written by: allie image publish
        name = "{Name}"
        generation = {Generation}
        captured = "{Captured}"
        from = "{From}"

        """;
}
