using Allie.Rsync;

namespace Allie.Linux.Images.Fetch;

/// <summary>Runs one transfer and shows how far it is: the command line's progress bar, or nothing in a test.</summary>
public delegate void Transfer(string title, Action<Action<RsyncProgress>> run);
