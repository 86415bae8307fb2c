using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>
    /// Makes <paramref name="to"/> here a second name of what is at <paramref name="from"/> there, in the place of what is at it now. False when the file systems do
    /// not allow it: another one, too many names. Links themselves are linked, not what they lead to.
    /// </summary>
    public bool TryLinkFrom(ImageRoot source, ImagePath from, ImagePath to)
    {
        var (directory, leaf) = source.Locate(from);
        using (directory)
        {
            using var target = BeginReplace(to);
            if (Libc.linkat(directory.Number, leaf, target.Directory.Number, target.Temporary, 0) != 0)
            {
                var failure = LinuxException.Last("link", Show(to));
                return failure.Errno is Errno.EXDEV or Errno.EMLINK or Errno.EPERM or Errno.EOPNOTSUPP ? false : throw failure;
            }

            target.Commit();
            return true;
        }
    }
}
