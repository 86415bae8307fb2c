namespace Allie.Linux.Processes;

/// <summary>Which programs this machine has.</summary>
public static class Programs
{
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, program)));
}
