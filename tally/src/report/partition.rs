//! The one partition of groups that every output uses, so that no two outputs can be subtracted
//! from each other to show a group of fewer than five people.
//!
//! Sections under five join 「その他」 of their bureau, which takes in the next smallest section
//! while it is under five itself; bureaus likewise. A bureau that went into 「その他の部局」 shows
//! no sections. Source: DESIGN §11, `selfcheck/FORMAT.md` §6.

use crate::roster::UnitCode;

/// The smallest group that is shown.
pub(crate) const SMALLEST: u64 = 5;

/// A section and how many of its people have a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) bureau: UnitCode,
    pub(crate) section: UnitCode,
    pub(crate) people: u64,
}

/// A bureau, or several small ones together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BureauGroup {
    /// One bureau; more for 「その他の部局」.
    pub(crate) bureaus: Vec<UnitCode>,
    pub(crate) is_rest: bool,
    /// Empty when the sections cannot be shown apart.
    pub(crate) sections: Vec<SectionGroup>,
}

/// A section, or several small ones of a bureau together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SectionGroup {
    /// One section; more for 「その他」.
    pub(crate) sections: Vec<UnitCode>,
    pub(crate) is_rest: bool,
}

/// Groups for scores; empty when fewer than [`SMALLEST`] people have one.
pub(crate) fn partition(units: &[Unit]) -> Vec<BureauGroup> {
    let mut bureaus: Vec<(UnitCode, u64)> = Vec::new();
    for unit in units {
        match bureaus.iter_mut().find(|(code, _)| *code == unit.bureau) {
            Some((_, people)) => *people += unit.people,
            None => bureaus.push((unit.bureau.clone(), unit.people)),
        }
    }
    let (kept, rest) = merge_small(bureaus);
    let mut groups: Vec<BureauGroup> = kept
        .into_iter()
        .map(|bureau| BureauGroup {
            sections: sections_of(&bureau, units),
            bureaus: vec![bureau],
            is_rest: false,
        })
        .collect();
    if !rest.is_empty() {
        groups.push(BureauGroup { bureaus: rest, is_rest: true, sections: Vec::new() });
    }
    groups
}

/// The section groups of a bureau that stands alone.
fn sections_of(bureau: &UnitCode, units: &[Unit]) -> Vec<SectionGroup> {
    let own = units.iter().filter(|unit| unit.bureau == *bureau);
    let (kept, rest) = merge_small(own.map(|unit| (unit.section.clone(), unit.people)).collect());
    let mut groups: Vec<SectionGroup> = kept
        .into_iter()
        .map(|section| SectionGroup { sections: vec![section], is_rest: false })
        .collect();
    if !rest.is_empty() {
        groups.push(SectionGroup { sections: rest, is_rest: true });
    }
    groups
}

/// Parts units into those that stand alone and those that are merged, both by code. Units without
/// people are in neither; nor is anything when all together are too few.
fn merge_small(mut units: Vec<(UnitCode, u64)>) -> (Vec<UnitCode>, Vec<UnitCode>) {
    units.retain(|(_, people)| *people > 0);
    units.sort_by(|(a, few), (b, many)| few.cmp(many).then_with(|| a.cmp(b)));
    let mut merged = units.iter().take_while(|(_, people)| *people < SMALLEST).count();
    let people = |units: &[(UnitCode, u64)]| units.iter().map(|(_, people)| people).sum::<u64>();
    while merged > 0 && merged < units.len() && people(&units[..merged]) < SMALLEST {
        merged += 1;
    }
    if people(&units) < SMALLEST {
        return (Vec::new(), Vec::new());
    }
    let codes = |units: &[(UnitCode, u64)]| {
        let mut codes: Vec<UnitCode> = units.iter().map(|(code, _)| code.clone()).collect();
        codes.sort();
        codes
    };
    (codes(&units[merged..]), codes(&units[..merged]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units as `bureau/section:people`, groups as `bureau+bureau(section+section …)`.
    fn check(units: &str, expected: &str) {
        let units: Vec<Unit> = units
            .split_whitespace()
            .map(|unit| {
                let (place, people) = unit.split_once(':').unwrap();
                let (bureau, section) = place.split_once('/').unwrap();
                let (bureau, section) = (bureau.parse().unwrap(), section.parse().unwrap());
                Unit { bureau, section, people: people.parse().unwrap() }
            })
            .collect();
        let join = |codes: &[UnitCode], is_rest: bool| {
            let codes: Vec<&str> = codes.iter().map(UnitCode::as_str).collect();
            codes.join("+") + if is_rest { "*" } else { "" }
        };
        let groups: Vec<String> = partition(&units)
            .iter()
            .map(|group| {
                let sections: Vec<String> = group
                    .sections
                    .iter()
                    .map(|section| join(&section.sections, section.is_rest))
                    .collect();
                format!("{}({})", join(&group.bureaus, group.is_rest), sections.join(" "))
            })
            .collect();
        assert_eq!(groups.join(" "), expected);
    }

    #[test]
    fn small_sections_join_the_rest() {
        check("1/a:10 1/b:8", "1(a b)");
        check("1/a:10 1/b:3 1/c:2", "1(a b+c*)");
        // Two people alone would be shown by subtraction: the next smallest goes with them.
        check("1/a:10 1/b:6 1/c:2", "1(a b+c*)");
        check("1/a:10 1/b:2", "1(a+b*)");
        check("1/a:4 1/b:4", "1(a+b*)");
        check("1/a:10 1/b:0", "1(a)");
    }

    #[test]
    fn small_bureaus_join_the_rest_and_show_no_sections() {
        check("1/a:10 2/b:3 3/c:4", "1(a) 2+3*()");
        check("1/a:10 1/b:10 2/c:3 3/d:6 3/e:6", "1(a b) 2+3*()");
        check("1/a:4 2/b:30", "1+2*()");
    }

    #[test]
    fn too_few_people_show_nothing() {
        check("", "");
        check("1/a:4", "");
        check("1/a:2 2/b:2", "");
        check("1/a:5", "1(a)");
    }
}
