using Allie.Errors;
using Allie.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Guards;

/// <summary>Has a say before new content is shown under its name.</summary>
public interface IStepGuard
{
    /// <param name="step">What is to be done.</param>
    /// <param name="staged">The new content, beside its place, with its mode and owner.</param>
    /// <exception cref="UserError">The path stays as it is; the message says why.</exception>
    void Check(OverlayStep step, ImagePath staged);

    /// <summary>The image changes next.</summary>
    void Before(OverlayStep step);
}
