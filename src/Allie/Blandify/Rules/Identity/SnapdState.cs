using System.Text.Json;
using System.Text.Json.Nodes;

namespace Allie.Blandify.Rules.Identity;

/// <summary>snapd's state.json: the device's serial and key go from it. Without the file all snaps would be lost.</summary>
public static class SnapdState
{
    private static readonly string[] OfOneDevice = ["serial", "key-id", "session-macaroon"];

    public static string Rewrite(string text)
    {
        try
        {
            // The text is one byte per char; characters beyond ASCII only pass through.
            if (JsonNode.Parse(text) is not JsonObject state || state["data"]?["device"] is not JsonObject device || !OfOneDevice.Any(device.ContainsKey))
            {
                return text;
            }

            foreach (var key in OfOneDevice)
            {
                device.Remove(key);
            }

            return state.ToJsonString();
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
