using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    private Replacement BeginReplace(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        return new(directory, leaf, Show(path));
    }

    /// <summary>One entry being made under a temporary name beside its place; gone again unless committed.</summary>
    private sealed class Replacement(Fd directory, byte[] leaf, string shown) : IDisposable
    {
        private bool _committed;

        internal Fd Directory => directory;

        internal byte[] Temporary { get; } = Bytes.OfRaw(TemporaryPrefix + Convert.ToHexStringLower(RandomBytes.Read(6)));

        internal void SetMetadata(FileMetadata metadata) => SetMetadataAt(directory, Temporary, metadata, shown);

        internal void Commit()
        {
            if (Libc.renameat(directory.Number, Temporary, directory.Number, leaf) != 0)
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
