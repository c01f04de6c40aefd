//! Bureaus and sections of a made-up city, small ones among them.

use crate::dice::Dice;

/// A section and its bureau.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Code of the bureau, for example `10`.
    pub bureau: String,
    /// Name of the bureau.
    pub bureau_name: String,
    /// Code of the section, for example `1010`.
    pub code: String,
    /// Name of the section.
    pub name: String,
    /// How many people it has in the first year.
    pub people: usize,
}

/// Bureau and its sections; a number after a name is how many people it has, whatever the size of
/// the city: the small ones are what the rules about small groups are for.
const CITY: [(&str, &str, &str); 12] = [
    (
        "10",
        "総務部",
        "総務課 IT推進課 職員課 契約検査課:4 危機管理防災課 施設課 市民税課 資産税課 納税課",
    ),
    ("15", "行政経営部", "行政経営課 財政課 広報広聴課 秘書政策課:6 情報公開室:3"),
    (
        "20",
        "市民生活部",
        "市民課 市民協働推進課 交通防犯課 保険年金課 人権男女共同参画課:5 消費生活センター:2 第一支所 第二支所 第三支所 第四支所 第五支所 斎場",
    ),
    (
        "30",
        "健康福祉部",
        "福祉総務課 生活支援課 障害福祉課 高齢介護課 健康増進課 地域包括ケア推進室:4 東保健センター 西保健センター 障害者福祉センター 老人福祉センター",
    ),
    (
        "40",
        "子ども未来部",
        "子ども支援課 保育課 青少年課 子ども家庭総合支援センター 発達支援相談センター 第一保育所 第二保育所 第三保育所 第四保育所 第五保育所 第六保育所 第七保育所 第八保育所 第九保育所 第十保育所 第一児童館 第二児童館 第三児童館",
    ),
    ("50", "環境経済部", "環境政策課 生活環境課 農政課 商工課 西貝塚環境センター 動物管理室:1"),
    (
        "60",
        "都市整備部",
        "都市計画課 みどり公園課 市街地整備課 道路課 河川課 開発指導課 建築安全課 営繕課",
    ),
    ("65", "上下水道部", "経営総務課 業務課 水道施設課 下水道施設課 浄水場"),
    (
        "75",
        "消防本部",
        "消防総務課 予防課 警防課 指令課 東消防署 西消防署 原市分署 平方分署 大谷分署 上平分署",
    ),
    (
        "85",
        "教育部",
        "教育総務課 生涯学習課 図書館 スポーツ振興課 学務課 学校保健課 指導課 教育センター 中央公民館 第一公民館 第二公民館 第三公民館 第四公民館 第五公民館 給食第一 給食第二 給食第三 給食第四 給食第五 給食第六 学校事務第一 学校事務第二 学校事務第三 学校事務第四 学校事務第五 学校事務第六 学校事務第七 学校事務第八 学校事務第九 学校事務第十 公民館事務第一 公民館事務第二 文化財整理室 市史編さん室 視聴覚センター",
    ),
    ("90", "議会事務局", "議会総務課:4"),
    ("95", "監査委員事務局", "監査課:3"),
];

/// The first `sections` sections of the city with about `people` people in all: exactly as many,
/// when there is room for five in every section whose size is not fixed.
pub fn units(sections: usize, people: usize, dice: &mut Dice) -> Vec<Unit> {
    let mut units: Vec<(Unit, usize)> = choose(sections);
    let fixed: usize = units.iter().map(|(unit, _)| unit.people).sum();
    let free = units.iter().filter(|(_, weight)| *weight > 0).count();
    let mut left = people.saturating_sub(fixed + 5 * free);
    units.iter_mut().filter(|(_, weight)| *weight > 0).for_each(|(unit, _)| unit.people = 5);
    if free > 0 {
        let tickets: Vec<usize> =
            (0..units.len()).flat_map(|index| std::iter::repeat_n(index, units[index].1)).collect();
        while left > 0 {
            units[*dice.pick(&tickets)].0.people += 1;
            left -= 1;
        }
    }
    let mut units: Vec<Unit> = units.into_iter().map(|(unit, _)| unit).collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    units
}

/// Sections in turn from every bureau, so that a small city has all bureaus too; with a weight for
/// sharing people out, 0 for those of a fixed size.
fn choose(sections: usize) -> Vec<(Unit, usize)> {
    let mut chosen = Vec::new();
    for round in 0.. {
        let mut found = false;
        for (bureau, bureau_name, names) in CITY {
            let Some(entry) = names.split(' ').nth(round) else { continue };
            found = true;
            if chosen.len() == sections {
                return chosen;
            }
            let (name, people) = entry.split_once(':').unwrap_or((entry, ""));
            let people = people.parse().unwrap_or(0);
            let weight = if people > 0 { 0 } else { 1 + (round * 7 + bureau_name.len()) % 5 };
            let code = format!("{bureau}{:02}", 10 + round);
            let unit = Unit {
                bureau: bureau.to_owned(),
                bureau_name: bureau_name.to_owned(),
                code,
                name: name.to_owned(),
                people,
            };
            chosen.push((unit, weight));
        }
        if !found {
            break;
        }
    }
    for extra in 1..=sections.saturating_sub(chosen.len()) {
        let (bureau, bureau_name, _) = CITY[extra % 10];
        let unit = Unit {
            bureau: bureau.to_owned(),
            bureau_name: bureau_name.to_owned(),
            code: format!("{bureau}-{extra:03}"),
            name: format!("出先機関第{extra}"),
            people: 0,
        };
        chosen.push((unit, 2));
    }
    chosen
}
