using Allie.Files;
using Allie.Plans;

namespace Allie.Prep;

/// <summary>
/// One thing that makes an image this PC's. Text: the file's new content; null: copied from the running system, with owner, mode and
/// attributes.
/// </summary>
public sealed record PersonalStep(ImagePath Path, string Reason, string? Text = null, int Permissions = 0x1A4) : IStep
{
    public string Action => Text is null ? "copy" : "write";

    public string Target => Path.ToString();
}
