using System.Text.Json.Serialization;

namespace Allie.Prep;

/// <summary>The JSON forms of this subject, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(PrepJournal))]
public sealed partial class PrepJson : JsonSerializerContext;
