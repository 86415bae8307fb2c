using System.Runtime.CompilerServices;
using Xunit;

namespace Allie.Tests.Installers;

/// <summary>Compares a text with a file beside the test. ALLIE_GOLDEN=write writes the files anew; look at the difference then.</summary>
internal static class Golden
{
    internal static void Check(string name, string text, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("ALLIE_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }
}
