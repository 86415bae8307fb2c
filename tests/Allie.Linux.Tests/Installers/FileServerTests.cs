using System.Net;
using System.Net.Sockets;
using System.Text;
using Allie.Errors;
using Allie.Linux.Installers;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>Real sockets on 127.0.0.1 with a port that the kernel chooses.</summary>
public sealed class FileServerTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly TempDirectory _directory = new();

    public FileServerTests() => _directory.Write("www/sub/f42.ks", new string('k', 300_000));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_serves_so_many_files_and_ends()
    {
        using var server = Make(Long);
        var run = server.Run(2, Long, CancellationToken.None);

        var first = await Ask(server, "GET /sub/f42.ks HTTP/1.1\r\n\r\n");
        var head = await Ask(server, "HEAD /sub/f42.ks HTTP/1.1\r\n\r\n");
        await Ask(server, "GET /sub/f42.ks HTTP/1.0\n\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", first);
        Assert.EndsWith("\r\n\r\n" + new string('k', 300_000), first);
        Assert.EndsWith("\r\n\r\n", head);
        Assert.Equal(2, await run);
    }

    [Theory]
    [InlineData("GET /none HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET /sub HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET /out HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET /up/secret HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET /fifo HTTP/1.1\r\n\r\n", "404")]
    [InlineData("GET /../secret HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /%2e%2e/secret HTTP/1.1\r\n\r\n", "400")]
    [InlineData("PUT /x HTTP/1.1\r\n\r\n", "405")]
    [InlineData("nonsense\r\n\r\n", "400")]
    public async Task Nothing_else_comes_out(string request, string status)
    {
        _directory.Write("secret", "hidden");
        File.CreateSymbolicLink(_directory.At("www/out"), _directory.At("secret"));
        File.CreateSymbolicLink(_directory.At("www/up"), _directory.Path);
        Shell.Run("mkfifo www/fifo", _directory.Path);
        using var server = Make(Long);
        using var end = new CancellationTokenSource();
        var run = server.Run(0, Long, end.Token);

        var answer = await Ask(server, request);
        await end.CancelAsync();

        Assert.StartsWith("HTTP/1.1 " + status, answer);
        Assert.DoesNotContain("hidden", answer);
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        using var server = Make(Long);
        using var end = new CancellationTokenSource();
        var run = server.Run(0, Long, end.Token);

        Assert.StartsWith("HTTP/1.1 431", await Ask(server, "GET /x HTTP/1.1\r\nA: " + new string('a', 8192 - 20)));
        await end.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_sent_away_and_holds_up_nobody()
    {
        using var server = Make(TimeSpan.FromMilliseconds(300));
        var run = server.Run(1, Long, CancellationToken.None);
        using var silent = new TcpClient();
        await silent.ConnectAsync(server.Address, TestContext.Current.CancellationToken);

        var closed = await silent.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        using var patient = Make(Long);
        var other = patient.Run(1, Long, CancellationToken.None);
        Assert.StartsWith("HTTP/1.1 200", await Ask(patient, "GET /sub/f42.ks HTTP/1.1\r\n\r\n"));

        Assert.Equal(0, closed);
        Assert.Equal(1, await other);
        Assert.False(run.IsCompleted, "the silent client was no served file");
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over()
    {
        using var server = Make(Long);

        Assert.Equal(0, await server.Run(0, TimeSpan.FromMilliseconds(50), CancellationToken.None));
    }

    [Fact]
    public void A_port_that_is_taken_is_told()
    {
        using var server = Make(Long);

        Assert.Contains("cannot listen", Assert.Throws<UserError>(() => new FileServer(_directory.At("www"), server.Address, _ => { }, Long)).Message);
    }

    private FileServer Make(TimeSpan patience) => new(_directory.At("www"), new(IPAddress.Loopback, 0), _ => { }, patience);

    private static async Task<string> Ask(FileServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
