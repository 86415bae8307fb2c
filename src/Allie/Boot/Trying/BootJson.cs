using System.Text.Json.Serialization;

namespace Allie.Boot.Trying;

/// <summary>The JSON forms of this subject, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BootRecord))]
[JsonSerializable(typeof(Moving.BootHomeMove))]
public sealed partial class BootJson : JsonSerializerContext;
