using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Rsync;

namespace Allie.Linux.Overlays.Layers;

/// <summary>
/// The layers of all images on this PC, fetched by one visit for the whole hourly run. Each root then takes its own from here as it would from the
/// server, with its own second look and brakes: what is here is what the server has, not what any image was given.
/// </summary>
public sealed class SharedLayers : IDisposable
{
    private const string Variable = "ALLIE_LAYERS"; // the images, for child processes and the scripts that call allie
    private static readonly ImagePath Kept = ImagePath.Of("visit");
    private static readonly ImagePath Next = ImagePath.Of("visit.next");

    private readonly FileLock _held;

    private SharedLayers(FileLock held) => _held = held;

    /// <param name="rsync">Fetches.</param>
    /// <param name="settings">Places and the server.</param>
    /// <param name="inactive">What the slots say that they hold. An image that is not what its slot says asks the server by itself.</param>
    /// <returns>Null where each root has to ask for itself: the running image is not known, the server refused this PC's own layers, another run is here.</returns>
    /// <exception cref="UserError">Exit 5: the server is not reached.</exception>
    public static SharedLayers? Fetch(RsyncRunner rsync, PcSettings settings, IReadOnlyList<string> inactive)
    {
        using var root = ImageRoot.Open("/");
        var stamp = ImagePath.Of(settings.Stamp);
        if (settings.ServerAddress.Length == 0 || root.TryReadText(stamp) is not { } text || Take(settings) is not { } held)
        {
            return null;
        }

        try
        {
            string[] images = [ImageStamp.Parse(text, root.Show(stamp)).Name, .. inactive];
            if (Visit(root, rsync, settings, [.. images.Distinct()]))
            {
                Environment.SetEnvironmentVariable(Variable, string.Join(',', images));
                return new(held);
            }
        }
        catch
        {
            held.Dispose();
            throw;
        }

        held.Dispose();
        return null;
    }

    /// <summary>The directory to take an image's layers from; null: from the server.</summary>
    internal static string? Of(string image, PcSettings settings) =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',').Contains(image) && Directory.Exists(Path.Combine(settings.State, Kept.Raw)) ? Path.Combine(settings.State, Kept.Raw) : null;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _held.Dispose();
    }

    private static FileLock? Take(PcSettings settings)
    {
        try
        {
            return FileLock.Take(Path.Combine(settings.Run, "visit.lock"), "the visit for all images");
        }
        catch (UserError e) when (e.ExitCode == ExitCode.Busy)
        {
            return null;
        }
    }

    private static bool Visit(ImageRoot root, RsyncRunner rsync, PcSettings settings, IReadOnlyList<string> images)
    {
        var directory = ImagePath.Of(settings.State);
        root.MakeDirectories(directory.Parent, 0x1ED);
        root.MakeDirectories(directory, 0x1C0);
        using var state = root.OpenBelow(root.RealPath(directory.Join("any")).Parent);
        var visit = new LayerVisit(new(rsync, settings), new(state, Kept), new(state, Next), linkUnchanged: true);
        if (visit.Settle(images, settings.PcName is { Length: > 0 } name ? name : Environment.MachineName))
        {
            state.RemoveTree(Kept);
            state.Rename(Next, Kept);
        }

        state.RemoveTree(Next);
        return !visit.IsRefused;
    }
}
