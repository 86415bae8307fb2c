namespace Allie.Boot.Grub;

/// <summary>
/// The lines of allie.cfg that count a try down before it is made. The slot under trial becomes the default only when GRUB has written the
/// new count: on a file system that it cannot write (btrfs) stock grub-reboot boots the trial for ever.
/// </summary>
public static class GrubTry
{
    public const int Most = 3;

    /// <param name="skipSignature">The menu checks signatures, and allie.env changes at each try: only the names given are taken from it.</param>
    /// <param name="canWrite">See <see cref="AllieCfg.Format"/>.</param>
    public static string Format(bool skipSignature, bool canWrite)
    {
        var load = skipSignature ? "load_env --skip-sig -f" : "load_env -f";
        const string Save = "save_env -f $prefix/" + GrubEnv.FileName;
        const string Count = $$"""
              if [ -n "${allie_try}" ]; then
                set allie_go=""
                if   [ "${allie_tries}" = "3" ]; then set allie_tries=2; set allie_go=1
                elif [ "${allie_tries}" = "2" ]; then set allie_tries=1; set allie_go=1
                elif [ "${allie_tries}" = "1" ]; then set allie_tries=0; set allie_go=1; fi
                if [ -n "${allie_go}" ]; then
                  if {{Save}} allie_tries; then set default="${allie_try}"; fi
                fi
              fi
              set allie_canary=1
              {{Save}} allie_canary

            """;
        return $$"""
            if [ -s $prefix/allie.env ]; then
              {{load}} $prefix/allie.env allie_default allie_try allie_tries
              if [ -n "${allie_default}" ]; then set default="${allie_default}"; fi

            """ + (canWrite ? Count : "") + "fi\n";
    }
}
