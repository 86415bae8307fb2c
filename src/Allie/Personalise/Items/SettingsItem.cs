using Allie.Config;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>ALLiE's own: server, slots, carry lists. With them the image can make the next hop.</summary>
internal sealed class SettingsItem : IPersonalItem
{
    public string Name => "settings";

    public string What => "/etc/allie.toml with the slots, /etc/allie/carry.d, and this PC's key and secret for the server";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        draft.Copy(0, ImagePath.Of(PcSettings.DefaultFile), "settings of this PC");
        foreach (var own in new[] { PcSettings.DefaultKey, PcSettings.DefaultKey + ".pub", PcSettings.DefaultSecret }.Select(ImagePath.Of))
        {
            draft.Copy(0, own, "the server knows this PC by it");
        }

        foreach (var list in CarryList.Files(facts.Old))
        {
            draft.Copy(0, list, "settings of this PC");
        }
    }
}
