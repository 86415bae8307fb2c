using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>One of the programs that a distribution sets its network up with.</summary>
public interface INetworkBackEnd
{
    string Name { get; }

    /// <summary>It is installed in that tree.</summary>
    bool IsIn(ITreeView tree);

    /// <summary>It is what brings the network up there, if nothing better is.</summary>
    bool IsActive(ITreeView tree);

    /// <summary>The files in that tree that say what an interface does. Empty: only its defaults.</summary>
    IReadOnlyList<ImagePath> Files(ITreeView tree);

    /// <summary>What goes with them when they are copied and says nothing alone: routes, keys, drop-in directories.</summary>
    IEnumerable<ImagePath> Beside(ITreeView tree) => [];

    IEnumerable<NetworkProfile> Read(ITreeView tree);

    /// <summary>Files for these profiles. A mode of 0600 where a profile may hold secrets, or where the program warns about others.</summary>
    IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles);
}
