using Allie.Plans;

namespace Allie.Overlays;

/// <summary>A path that is left as it is, as a row of the result.</summary>
public sealed record FaultStep(PathFault Fault) : IStep
{
    public string Action => "error";

    public string Target => Fault.Path.ToString();

    public string Reason => Fault.Reason;

    public IEnumerable<KeyValuePair<string, string?>> Details => [new("layer", Fault.Layer.Length > 0 ? Fault.Layer : null)];
}
