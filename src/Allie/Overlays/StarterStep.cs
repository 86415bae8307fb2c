using Allie.Files;
using Allie.Plans;

namespace Allie.Overlays;

/// <summary>One thing of a new overlay: a directory, a link, a file with this text, or (neither) a copy of the allie binary.</summary>
public sealed record StarterStep(ImagePath Path, int Permissions, string Reason, string? LinkTo = null, string? Text = null, bool IsDirectory = false) : IStep
{
    public string Action => IsDirectory ? "make-directory" : LinkTo is not null ? "link" : Text is not null ? "write" : "copy";

    public string Target => Path.ToString();
}
