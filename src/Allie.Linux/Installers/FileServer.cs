using System.Net;
using System.Net.Sockets;
using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Installers;

/// <summary>
/// Serves the regular files of one directory to installers: GET and HEAD, one answer a connection, and an end of its own. A symlink is never
/// followed out of the directory, and as the last part of a path not at all; there are no listings.
/// </summary>
public sealed class FileServer : IDisposable
{
    private const int MostClients = 64;
    private readonly ImageRoot _directory;
    private readonly TcpListener _listener;
    private readonly Action<string> _log;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long one client may take for its request, and for each part of the answer.</param>
    /// <exception cref="UserError">The address is not ours, or its port is taken.</exception>
    public FileServer(string directory, IPEndPoint address, Action<string> log, TimeSpan patience)
    {
        (_directory, _log, _patience) = (ImageRoot.Open(directory), log, patience);
        _listener = new(address);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            Dispose();
            throw new UserError($"cannot listen on {address}: {e.Message}", "another --listen ADDRESS:PORT; ip address shows this machine's", cause: e);
        }
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose()
    {
        _listener?.Dispose();
        _directory.Dispose();
    }

    /// <summary>Returns how many files were served, when there were enough of them, the time is over, or somebody ended us.</summary>
    /// <param name="count">Files served whole, after which it ends; 0: no such end.</param>
    public async Task<int> Run(int count, TimeSpan limit, CancellationToken interrupted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        end.CancelAfter(limit);
        var served = 0;
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.RemoveAll(c => c.IsCompleted);
                if (clients.Count >= MostClients)
                {
                    await Task.WhenAny(clients);
                    continue;
                }

                clients.Add(Serve(await _listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
            return served;
        }

        async Task Serve(TcpClient client)
        {
            using (client)
            {
                if (await Answer(client, end.Token) && Interlocked.Increment(ref served) == count)
                {
                    await end.CancelAsync();
                }
            }
        }
    }

    /// <summary>True when a file went out whole.</summary>
    private async Task<bool> Answer(TcpClient client, CancellationToken end)
    {
        try
        {
            await using var stream = client.GetStream();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
            patience.CancelAfter(_patience);
            if (await Head(stream, patience.Token) is not { } head)
            {
                await Say(stream, "431 Request Header Fields Too Large", patience.Token);
                return false;
            }

            var request = HttpRequest.Parse(head);
            var name = "/" + string.Join('/', request.Names);
            if (request.Refusal != 0)
            {
                await Say(stream, request.Refusal == 405 ? "405 Method Not Allowed\r\nAllow: GET, HEAD" : "400 Bad Request", patience.Token);
                return false;
            }

            using var file = Open(request.Names);
            _log($"{((IPEndPoint)client.Client.RemoteEndPoint!).Address} {name} {(file is null ? "404" : "200")}");
            if (file is null)
            {
                await Say(stream, "404 Not Found", patience.Token);
                return false;
            }

            return await Send(stream, file, request.IsHead, end);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
        {
            return false; // the client went away, or was too slow
        }
    }

    private FileStream? Open(IReadOnlyList<string> names)
    {
        try
        {
            return names.Count == 0 ? null : _directory.OpenRead(ImagePath.Of(string.Join('/', names)));
        }
        catch (Exception e) when (e is LinuxException or UserError)
        {
            return null;
        }
    }

    private async Task<bool> Send(NetworkStream stream, FileStream file, bool headOnly, CancellationToken end)
    {
        var left = file.Length;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(_patience);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {left}\r\nConnection: close\r\n\r\n"), patience.Token);
        var buffer = new byte[64 << 10];
        while (left > 0 && !headOnly)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), patience.Token);
            if (read == 0)
            {
                return false; // shorter than it was: the client sees that by the length
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), patience.Token);
            patience.CancelAfter(_patience);
            left -= read;
        }

        return !headOnly;
    }

    private static async Task Say(NetworkStream stream, string status, CancellationToken end) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), end);

    /// <summary>Null: too long.</summary>
    private static async Task<string?> Head(NetworkStream stream, CancellationToken end)
    {
        var buffer = new byte[HttpRequest.MostBytes];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), end);
            length += read;
            var text = Encoding.Latin1.GetString(buffer, 0, length);
            if (read == 0 || text.Contains("\r\n\r\n", StringComparison.Ordinal) || text.Contains("\n\n", StringComparison.Ordinal))
            {
                return text;
            }
        }

        return null;
    }
}
