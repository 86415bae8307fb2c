namespace Allie.Boot.Grub;

/// <summary>custom.cfg, which a distribution's grub.cfg sources at its end (41_custom) and which belongs to the administrator.</summary>
public static class CustomCfg
{
    public const string FileName = "custom.cfg";

    public static readonly MarkedBlock Block =
        new("if [ -s $prefix/" + AllieCfg.FileName + " ]; then source $prefix/" + AllieCfg.FileName + "; fi");
}
