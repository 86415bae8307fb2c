using System.Diagnostics;
using Allie.Linux.Processes;
using Xunit;

namespace Allie.Linux.Tests.Processes;

public class ProcessTreeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_process_and_its_children_started_is_found_and_nothing_else(bool byChildren)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 300 & (sleep 301 & echo begun; wait) & wait"]) { RedirectStandardOutput = true })!;
        try
        {
            shell.StandardOutput.ReadLine();

            var found = ProcessTree.WithDescendants(shell.Id, byChildren);

            Assert.Equal(["sh", "sh", "sleep", "sleep"], found.Select(Name).Order());
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_is_not_there_has_none(bool byChildren) => Assert.Equal([int.MaxValue], ProcessTree.WithDescendants(int.MaxValue, byChildren));

    private static string Name(int id) => File.ReadAllText($"/proc/{id}/comm").TrimEnd('\n');
}
