using Allie.Errors;
using Allie.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Guards;

/// <summary>Has a say before new content is shown under its name.</summary>
public interface IStepGuard
{
    /// <param name="step">What is to be done.</param>
    /// <param name="staged">The new content, beside its place, with its mode and owner.</param>
    /// <param name="stagedAt">Where the new content of any other path of this run waits; null where there is none.</param>
    /// <exception cref="UserError">The path stays as it is; the message says why.</exception>
    void Check(OverlayStep step, ImagePath staged, Func<ImagePath, ImagePath?> stagedAt);

    /// <summary>The image changes next.</summary>
    void Before(OverlayStep step);
}
