using System.Runtime.InteropServices;
using System.Text;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>The names in a directory with their kinds, sorted by bytes; without a look at each where the file system tells the kind.</summary>
    public IReadOnlyList<(string Name, FileKind Kind)> Entries(ImagePath path)
    {
        using var directory = OpenDirectory(path);
        return EntriesOf(directory, path);
    }

    /// <summary>A directory itself, for many looks at what is in it.</summary>
    internal Fd OpenFolder(ImagePath path) => OpenDirectory(path);

    internal unsafe List<(string Name, FileKind Kind)> EntriesOf(Fd directory, ImagePath path)
    {
        var entries = new List<(string Name, FileKind Kind)>();
        var buffer = new byte[32768];
        fixed (byte* start = buffer)
        {
            int count;
            while ((count = (int)Libc.syscall(Flags.SysGetdents64, directory.Number, start, (void*)buffer.Length, 0)) > 0)
            {
                // struct linux_dirent64: ino 8, off 8, reclen 2, type 1, name (getdents(2)); the type is the S_IFMT bits, 0 is unknown
                for (var at = 0; at < count; at += *(ushort*)(start + at + 16))
                {
                    var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start + at + 19);
                    var name = Encoding.Latin1.GetString(bytes);
                    if (name is not ("." or ".."))
                    {
                        var type = start[at + 18];
                        entries.Add((name, type != 0 ? (FileKind)(type << 12) : StatOf(directory, Bytes.OfRaw(name), 0, Show(path.Join(name))).Kind));
                    }
                }
            }

            if (count < 0)
            {
                throw LinuxException.Last("list", Show(path));
            }
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    /// <summary>Many looks in a row: a directory is opened once for all that is asked of it one after the other.</summary>
    public sealed class Looks(ImageRoot root) : IDisposable
    {
        private ImagePath _at;
        private Fd? _directory;
        private bool _known;

        /// <summary>Null when there is nothing of that name, or no such directory to hold it.</summary>
        public FileFacts? At(ImagePath path)
        {
            if (path.IsRoot)
            {
                return root.TryStat(path);
            }

            Enter(path.Parent);
            return _directory is null ? null : TryStatOf(_directory, Bytes.OfRaw(path.Name), 0, root.Show(path));
        }

        public void Dispose() => _directory?.Dispose();

        private void Enter(ImagePath directory)
        {
            if (_known && _at == directory)
            {
                return;
            }

            _directory?.Dispose();
            (_at, _directory, _known) = (directory, null, true);
            try
            {
                _directory = root.OpenAt(directory, Flags.PathOnly | Flags.Directory);
            }
            catch (LinuxException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
            {
                // nothing is there; remembered as that
            }
            catch
            {
                _known = false;
                throw;
            }
        }
    }
}
