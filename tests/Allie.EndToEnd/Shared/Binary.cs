using System.Diagnostics;

namespace Allie.EndToEnd.Shared;

/// <summary>The published binary, run as a user runs it.</summary>
public static class Binary
{
    public static string Path { get; } = System.IO.Path.GetFullPath(
        Environment.GetEnvironmentVariable("ALLIE_BINARY") ?? throw new InvalidOperationException("ALLIE_BINARY must name the published binary"));

    /// <summary>The checkout, found upwards from the test's own folder.</summary>
    public static string Repository { get; } = Upwards(AppContext.BaseDirectory).First(d => File.Exists(System.IO.Path.Combine(d, "allie.slnx")));

    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments) => Run(Path, arguments);

    public static (int ExitCode, string Output, string Errors) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("ALLIE_CONFIG");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static IEnumerable<string> Upwards(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
