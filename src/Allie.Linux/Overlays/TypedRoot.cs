using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>Directories as people type them.</summary>
internal static class TypedRoot
{
    /// <exception cref="UserError">Exit 2: there is no such directory.</exception>
    internal static ImageRoot OfImage(string directory) => Open("--root", directory, "name the directory at which the image is mounted");

    /// <inheritdoc cref="OfImage"/>
    internal static ImageRoot OfLayer(string directory) => Open("--layer", directory, "name the layer's top directory, the one that holds etc, usr and the like");

    private static ImageRoot Open(string option, string directory, string hint) => Directory.Exists(directory)
        ? ImageRoot.Open(Path.GetFullPath(directory))
        : throw UserError.Refused($"{option} {directory}: {(File.Exists(directory) ? "that is a file, not a directory" : "there is no such directory")}", hint);
}
