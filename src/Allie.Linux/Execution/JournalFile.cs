using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Execution;

/// <summary>
/// The state of a plan being carried out, one small JSON file, written whole after every step: a run that is killed is taken up, or
/// undone, by the next one. Private (0600).
/// </summary>
public sealed class JournalFile<TState>(string path, JsonTypeInfo<TState> type)
    where TState : class
{
    public string Path => path;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="UserError">The file is damaged; it is never guessed at.</exception>
    public TState? Load()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (JsonException e)
        {
            throw new UserError($"cannot read the journal {path}: {e.Message}", "look at it; if nothing is under way, remove it", cause: e);
        }
    }

    public void Save(TState state)
    {
        PrivateDirectory.Make(System.IO.Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(state, type), 0x180);
    }

    public void Remove() => File.Delete(path);
}
