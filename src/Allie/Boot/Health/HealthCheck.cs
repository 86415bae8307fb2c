namespace Allie.Boot.Health;

/// <summary>One thing that was looked at in a new image.</summary>
/// <param name="IsRequired">Without it the image is not good; else a warning only.</param>
/// <param name="Detail">What was found.</param>
public sealed record HealthCheck(string Name, bool Passed, bool IsRequired, string Detail)
{
    public bool Fails => IsRequired && !Passed;

    public string Word => Passed ? "ok" : IsRequired ? "FAILED" : "warning";
}
