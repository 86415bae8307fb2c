namespace Allie.Installers.Bootstrap;

/// <summary>One configured source of apt: what `apt-get indextargets` tells of it.</summary>
public sealed record AptSource(string Uri, string Release, string Component);
