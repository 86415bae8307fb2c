using System.Text;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Diff;
using Allie.Linux.Overlays.Guards;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Overlays;
using Allie.Overlays.Diff;
using Allie.Overlays.Layers;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays;

/// <summary>One run over one root: lock, recovery, layers, plan; then <see cref="Apply"/>. What `allie apply` and a prep do.</summary>
public sealed class ApplyRun : IDisposable
{
    private readonly Stack<IDisposable> _held = new();
    private readonly ImageRoot _root;
    private readonly PcSettings _settings;
    private readonly ApplyRequest _request;
    private readonly OverlayEngine _engine;

    private ApplyRun(ApplyRequest request, PcSettings settings, IRunner? runner)
    {
        (_request, _settings) = (request, settings);
        _held.Push(_root = TypedRoot.OfImage(request.Root));
        if (!request.DryRun)
        {
            _held.Push(Lock());
        }

        var given = request.HostFacts is { } file ? PcFacts.Read(file, request.Image) : null;
        _engine = new(_root, State, OwnProgramPath(settings), facts: () => given ?? Facts())
        {
            Guards = runner is null ? [] : [.. Guards(runner)], Labels = new(_root, request.IsActive, runner), Left = request.Left, RootLabel = RootLabel,
            AllowNetwork = settings.AllowNetworkFileSystems,
        };
    }

    public OverlayPlan Plan { get; private set; } = new([], [], 0);

    public IReadOnlyList<string> Notes { get; private set; } = [];

    private FetchedLayers Layers { get; set; } = new([], []);

    private ImagePath State => ImagePath.Of(_settings.State);

    private string PcName => _settings.PcName.Length > 0 ? _settings.PcName : Environment.MachineName;

    private static ImagePath OwnProgramPath(PcSettings settings) => ImagePath.Of(settings.Util).Join("allie");

    private IEnumerable<IStepGuard> Guards(IRunner runner)
    {
        yield return new OwnBinary(_root, OwnProgramPath(_settings), runner);
        if (_request.IsActive)
        {
            yield return new CheckScripts(_root, ImagePath.Of(_settings.Conf).Join("check"), runner, _settings.OnChangeLimit);
        }
    }

    /// <param name="request">What to apply where.</param>
    /// <param name="settings">Places and the server.</param>
    /// <param name="rsync">Fetches.</param>
    /// <param name="runner">Runs the self-test of a new allie and the scripts of /root/conf/check; null leaves both out.</param>
    /// <exception cref="UserError">Exit 4: another run is at this root. Exit 5: the server is not reached; nothing was changed.</exception>
    public static ApplyRun Open(ApplyRequest request, PcSettings settings, RsyncRunner rsync, IRunner? runner = null)
    {
        var run = new ApplyRun(request, settings, runner);
        try
        {
            run.Look(rsync);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <exception cref="UserError">Exit 1 only for what concerns no single path.</exception>
    public ApplyResult Apply()
    {
        var result = _engine.Apply(Plan, Layers.Layers);
        RememberImage();
        return result;
    }

    /// <summary>What <see cref="Apply"/> would carry out: the plan, without what there is no room for.</summary>
    public OverlayPlan Rehearse() => _engine.Fit(Plan, Layers.Layers);

    /// <summary>
    /// undo by the server's image: what that has at these paths (none: at all) becomes what we keep as the image's own, and the plan is made anew.
    /// </summary>
    /// <exception cref="UserError">The server is not reached, or has no such image: nothing was changed.</exception>
    public void TakeImagesOwn(RsyncRunner rsync, IReadOnlyList<ImagePath> paths)
    {
        Fetch(rsync, [.. _engine.Managed().Where(p => paths.Count == 0 || paths.Any(p.IsAtOrBelow))]);
        Plan = MakePlan();
    }

    private OverlayPlan MakePlan() => _engine.Plan(Layers.Layers) is var plan && Layers.Faults.Count > 0 ? plan with { Faults = [.. Layers.Faults, .. plan.Faults] } : plan;

    /// <summary>How it went, for the server.</summary>
    /// <param name="slot">Empty for the running image.</param>
    /// <param name="result">Of <see cref="Apply"/>.</param>
    public ImageReport Report(string slot, ApplyResult result)
    {
        var stamp = Stamp();
        int Count(params OverlayAction[] of) => result.Done.Count(s => of.Contains(s.Do));
        var quiet = Count(OverlayAction.Adopt, OverlayAction.Left, OverlayAction.Forget);
        var counts = new Dictionary<string, int>
        {
            ["managed"] = Plan.Managed, ["changed"] = result.Done.Count - quiet, ["restored"] = Count(OverlayAction.Restore), ["left"] = Count(OverlayAction.Left),
            ["failed"] = result.Faults.Count,
        };
        if (result.Done.Count > 0)
        {
            counts[PcReport.Adopted] = _engine.FromAdoption().Count;
        }

        var word = result.Faults.Count > 0 ? "failed" : result.Done.Count > 0 ? "changed" : "ok";
        return new(stamp.Name, slot, _request.IsActive, stamp.Generation, word, counts, result.Faults, Facts()) { NewDefaults = _engine.NewDefaults() };
    }

    /// <summary>The same for people, path by path.</summary>
    public string Log(ImageReport report, ApplyResult result) => ApplyLog.Of(report, DateTime.UtcNow, Notes, result.Done, result.Faults);

    /// <summary>Only these steps of the plan.</summary>
    public void Narrow(OverlayPlan plan) => Plan = plan;

    /// <summary>The plan as differences, for people, and the paths that cannot be applied.</summary>
    public (IReadOnlyList<PathDifference> Differences, IReadOnlyList<PathFault> Faults) Differences() => new OverlayDifferences(_root, State, _engine.Contents(Layers.Layers)).Of(Plan);

    /// <summary>A path as people name it for this root: links on the way followed inside it; one that begins with the root's own path is taken too.</summary>
    public ImagePath Resolve(string path)
    {
        var top = Path.GetFullPath(_request.Root).TrimEnd('/') + "/";
        var named = ImagePath.Of(top.Length > 1 && path.StartsWith(top, StringComparison.Ordinal) ? path[top.Length..] : path);
        try
        {
            var real = _root.RealPath(named);
            var isDirectoryLink = _root.TryStat(real) is { IsSymlink: true } && Plan.Steps.All(s => s.Path != real);
            return isDirectoryLink ? _root.RealPath(real.Join("any")).Parent : real;
        }
        catch (LinuxException)
        {
            return named; // its directory went with a withdrawal, or the link leads to none
        }
    }

    public void Dispose()
    {
        foreach (var layer in Layers.Layers)
        {
            layer.Root.Dispose();
        }

        while (_held.TryPop(out var held))
        {
            held.Dispose();
        }
    }

    private void Look(RsyncRunner rsync)
    {
        var notes = new List<string>();
        if (_engine.IsInterrupted)
        {
            notes.Add($"an earlier run at {_request.Root} was interrupted; it {(_request.DryRun ? "will be" : "was")} tidied up");
            if (!_request.DryRun)
            {
                _engine.Recover();
            }
        }

        Layers = _request switch
        {
            { Layers.Count: > 0 } => new([.. Local()], []),
            { From: LayerChoice.None } => new([], []),
            { From: LayerChoice.Fetched } => LastFetch.Layers(_root, State, ImageName.Check(_request.Image ?? Stamp().Name), PcName, _engine.Origins),
            _ => Fetch(rsync),
        };
        _engine.Missing = Layers.Missing;
        Plan = MakePlan();
        if (_request is { Layers.Count: 0, From: LayerChoice.Server, DryRun: false })
        {
            FindLost(rsync, notes);
        }

        Notes = [.. notes, .. Layers.Notes, .. Notes];
    }

    /// <summary>A withdrawn file whose copy of before is lost: the server's image has it, if that can be reached.</summary>
    private void FindLost(RsyncRunner rsync, List<string> notes)
    {
        ImagePath[] lost = [.. Plan.Steps.Where(s => s.Do == OverlayAction.Left).Select(s => s.Path).Intersect(_engine.WithoutUndo())];
        if (lost.Length == 0)
        {
            return;
        }

        try
        {
            Fetch(rsync, lost);
            Plan = MakePlan();
        }
        catch (UserError e)
        {
            notes.Add($"{lost.Length} withdrawn file{(lost.Length == 1 ? " stays" : "s stay")}, as the copy of what was there before is lost: {e.Message}");
        }
    }

    private void Fetch(RsyncRunner rsync, IReadOnlyList<ImagePath> paths)
    {
        var stamp = Stamp();
        var scratch = Temporaries.Beside(State.Join("any"));
        _root.MakeDirectory(scratch, FileMetadata.Root(0x1C0, 0));
        try
        {
            using var into = _root.OpenBelow(_root.RealPath(scratch.Join("any")).Parent);
            var generation = new OverlayServer(rsync, _settings).Image(stamp.Name).Fetch(paths, into);
            using var tree = into.OpenBelow(ImagePath.Of("tree"));
            _engine.TakeAsOwn(paths, tree);
            if (generation != stamp.Generation)
            {
                Notes = [.. Notes, $"the server has generation {generation} of {stamp.Name}, this is {stamp.Generation}: what came back is of the server's"];
            }
        }
        finally
        {
            _root.RemoveTree(scratch);
        }
    }

    /// <summary>By the root directory's identity: two mount points of one slot are one root.</summary>
    private FileLock Lock()
    {
        var facts = _root.Stat(ImagePath.Root);
        return FileLock.Take(
            Path.Combine(_settings.Run, $"apply-{facts.DeviceMajor}-{facts.DeviceMinor}-{facts.Inode}.lock"), $"the overlay of {_request.Root}");
    }

    private IEnumerable<LayerSource> Local()
    {
        if (_request.Layers.Distinct().Count() != _request.Layers.Count)
        {
            throw UserError.Refused("the same --layer is named twice");
        }

        return _request.Layers.Select(l => new LayerSource(l, TypedRoot.OfLayer(l)));
    }

    private TemplateValues Facts() =>
        new PcFacts(_root, ImagePath.Of(_settings.Stamp), PcName).Gather(Layers.Host ?? HostLine.Last(_root, State, PcName), _request.Image);

    /// <summary>Null where the image is not known.</summary>
    private RootLabel? RootLabel()
    {
        var stamp = ImagePath.Of(_settings.Stamp);
        if (_root.TryReadText(stamp) is not { } text)
        {
            return null;
        }

        var (label, type) = RootFileSystem.Of(_root);
        return new(ImageStamp.Parse(text, _root.Show(stamp)).Name, label, type);
    }

    private FetchedLayers Fetch(RsyncRunner rsync)
    {
        var image = ImageName.Check(_request.Image ?? Stamp().Name);
        var server = new OverlayServer(rsync, _settings, _request.DryRun ? null : SharedLayers.Of(image, _settings));
        if (!_request.DryRun)
        {
            _root.MakeDirectories(State.Parent, 0x1ED);
            _root.MakeDirectories(State, 0x1C0);
        }

        var work = Work();
        var state = _root.Exists(State) ? _root.OpenBelow(_root.RealPath(State.Join("any")).Parent) : work;
        _held.Push(state);
        return new LayerFetch(state, server, _request.DryRun ? work : state, _request.DryRun, _request.AcceptEmpty, _engine.Origins).Fetch(image, PcName);
    }

    /// <summary>Beside the lock, gone with the run; in a dry run it holds the layers too.</summary>
    private ImageRoot Work()
    {
        var scratch = new Scratch(_settings.Run);
        _held.Push(scratch);
        var work = ImageRoot.Open(scratch.Path);
        _held.Push(work);
        return work;
    }

    /// <summary>A system that was there before us is adopted by naming it once: the hourly run then knows it (generation 0).</summary>
    private void RememberImage()
    {
        var stamp = ImagePath.Of(_settings.Stamp);
        if (_request is { Image: { } image, Layers.Count: 0 } && !_root.Exists(stamp))
        {
            _root.WriteFile(stamp, Encoding.UTF8.GetBytes(new ImageStamp(image, 0, "", "adopted").Format()), FileMetadata.Root(0x1A4, ImageRoot.Now));
        }
    }

    private ImageStamp Stamp()
    {
        var stamp = ImagePath.Of(_settings.Stamp);
        return ImageStamp.Parse(
            _root.TryReadText(stamp) ?? throw UserError.Refused($"cannot tell which image is at {_request.Root}: there is no {_root.Show(stamp)}", "name it once: --image NAME"),
            _root.Show(stamp));
    }
}
