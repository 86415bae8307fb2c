using System.Reflection;

namespace Allie.Blandify.Table;

/// <summary>The built-in rules that are data, from the tables in this directory.</summary>
internal static class RuleTables
{
    internal static IReadOnlyList<DataRule> Swap { get; } = Read("swap");

    internal static IReadOnlyList<DataRule> Rest { get; } = [.. Read("identity"), .. Read("layout"), .. Read("hardware"), .. Read("services"), .. Read("hygiene")];

    private static IReadOnlyList<DataRule> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"blandify/{name}.toml")!;
        using var reader = new StreamReader(stream);
        return RuleFile.Parse(reader.ReadToEnd(), name + ".toml").Rules;
    }
}
