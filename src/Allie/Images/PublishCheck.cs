using Allie.Errors;
using Allie.Images.Offer;

namespace Allie.Images;

/// <summary>What a work tree must have before PCs may get it.</summary>
public static class PublishCheck
{
    /// <param name="image">Its name, for the message.</param>
    /// <param name="topNames">The names in the tree's top directory.</param>
    /// <param name="hasPrograms">bin or usr/bin holds something.</param>
    /// <param name="capture">Its capture record; null for a tree made otherwise.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static void Require(string image, IReadOnlyCollection<string> topNames, bool hasPrograms, CaptureRecord? capture)
    {
        var missing = new[] { "etc", "usr" }.Where(n => !topNames.Contains(n)).ToList();
        if (!hasPrograms)
        {
            missing.Add("programs in bin or usr/bin");
        }

        if (missing.Count > 0)
        {
            throw UserError.Refused(
                $"cannot publish {image}: its work tree is no system, it has no {string.Join(", no ", missing)}", "capture it again, or bootstrap it");
        }

        if (capture is { IsComplete: false })
        {
            throw UserError.Refused(
                $"cannot publish {image}: its capture from {capture.From} is not complete", $"run: allie image capture {capture.From} {image}");
        }
    }
}
