using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <param name="path">What is made.</param>
    /// <param name="isNew">Nothing is there, and nobody looks before it is complete: made under its own name, without the rename.</param>
    private Replacement BeginReplace(ImagePath path, bool isNew = false)
    {
        if (!isNew)
        {
            Forget(path, mayBeDirectory: false); // rename(2) puts none of ours over a directory
        }

        var (directory, leaf) = Locate(path);
        return new(directory, leaf, Show(path), isNew);
    }

    /// <summary>One entry being made under a temporary name beside its place; gone again unless committed.</summary>
    private sealed class Replacement(Fd directory, byte[] leaf, string shown, bool isNew) : IDisposable
    {
        private bool _committed;

        internal Fd Directory => directory;

        internal byte[] Temporary { get; } = isNew ? leaf : Bytes.OfRaw(TemporaryPrefix + Convert.ToHexStringLower(RandomBytes.Read(6)));

        internal void SetMetadata(FileMetadata metadata) => SetMetadataAt(directory, Temporary, metadata, shown);

        internal void Commit()
        {
            if (!isNew && Libc.renameat(directory.Number, Temporary, directory.Number, leaf) != 0)
            {
                throw LinuxException.Last("replace", shown);
            }

            _committed = true;
        }

        public void Dispose()
        {
            if (!_committed)
            {
                _ = Libc.unlinkat(directory.Number, Temporary, 0);
            }

            directory.Dispose();
        }
    }
}
