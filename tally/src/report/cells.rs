//! Which cells of the group tables are shown: never one with fewer than five applicable answers,
//! and never one that would give such a cell away by subtraction.
//!
//! Two kinds of sums tie cells together. The groups of a family add up to their parent (sections
//! to the bureau, bureaus to the city), and columns add up to columns (questions to a category and
//! to knowledge or practice, these to the whole). The rule, and why it holds:
//!
//! 1. A column that is small in one group is hidden in all groups of that family, and below. What
//!    one group would gain another could lose, so sums over groups tell nothing.
//! 2. Of each group the small columns must not follow from shown ones. They do not when the hidden
//!    columns that are not small can take up any change: when they alone have the rank that all
//!    hidden columns have in the column sums. Further columns are hidden until that is so.
//!
//! A first version hid cell by cell until no single sum had a lone unknown; a test that solves all
//! the sums together broke it, which is why that test is here.

use std::collections::BTreeSet;

use super::partition::SMALLEST;

/// Applicable answers by group and column.
pub(crate) struct Cells {
    /// `counts[group][column]`: people with an applicable answer.
    pub(crate) counts: Vec<Vec<u64>>,
    /// Groups that add up to another one: parent, children. The city is group 0; a parent comes
    /// before its children's own families.
    pub(crate) families: Vec<(usize, Vec<usize>)>,
    /// Columns that add up to a further one: the whole, its parts.
    pub(crate) sums: Vec<(usize, Vec<usize>)>,
}

impl Cells {
    /// `shown[group][column]`.
    pub(crate) fn shown(&self) -> Vec<Vec<bool>> {
        let mut hidden = vec![BTreeSet::new(); self.counts.len()];
        hidden[0] = self.hidden_in(&[0], &BTreeSet::new());
        for (parent, children) in &self.families {
            let of_family = self.hidden_in(children, &hidden[*parent]);
            children.iter().for_each(|&child| hidden[child].clone_from(&of_family));
        }
        let row = |hidden: &BTreeSet<usize>, width| {
            (0..width).map(|column| !hidden.contains(&column)).collect()
        };
        hidden.iter().zip(&self.counts).map(|(hidden, counts)| row(hidden, counts.len())).collect()
    }

    /// The columns hidden in all `groups` of a family, those hidden `above` among them.
    fn hidden_in(&self, groups: &[usize], above: &BTreeSet<usize>) -> BTreeSet<usize> {
        let width = self.counts[0].len();
        let small: BTreeSet<usize> = (0..width)
            .filter(|&column| self.has_answers(column))
            .filter(|&column| groups.iter().any(|&group| self.counts[group][column] < SMALLEST))
            .collect();
        let mut hidden: BTreeSet<usize> = small.union(above).copied().collect();
        loop {
            let others: BTreeSet<usize> = hidden.difference(&small).copied().collect();
            if self.rank(&others) == self.rank(&hidden) {
                return hidden;
            }
            match self.next_to_hide(&hidden, &small) {
                Some(column) => hidden.insert(column),
                None => return (0..width).collect(),
            };
        }
    }

    /// A column that applied to nobody at all (管理者's category among general staff) is known to be
    /// nothing: neither a secret nor a cover for one.
    fn has_answers(&self, column: usize) -> bool {
        self.counts[0][column] > 0
    }

    /// A column that stands in a sum with a small one. Questions have the highest indexes: hiding
    /// one more of them costs the reader least.
    fn next_to_hide(&self, hidden: &BTreeSet<usize>, small: &BTreeSet<usize>) -> Option<usize> {
        let columns = |(whole, parts): &(usize, Vec<usize>)| -> Vec<usize> {
            parts.iter().chain([whole]).copied().collect()
        };
        // First the sums whose unknowns are all small: each of them gives something away.
        let gives_away = |columns: &[usize]| {
            let mut unknown = columns.iter().filter(|column| hidden.contains(column)).peekable();
            unknown.peek().is_some() && unknown.all(|column| small.contains(column))
        };
        // Then those with one unknown: it is known, and no cover for the small one.
        let is_lone = |columns: &[usize]| {
            columns.iter().filter(|column| hidden.contains(column)).count() == 1
        };
        let touches = |columns: &[usize]| columns.iter().any(|column| small.contains(column));
        let shown_in = |wanted: &dyn Fn(&[usize]) -> bool| {
            let sums = self.sums.iter().map(columns).filter(|columns| wanted(columns));
            let columns = sums.flatten().filter(|column| !hidden.contains(column));
            columns.filter(|&column| self.has_answers(column)).max()
        };
        shown_in(&gives_away).or_else(|| shown_in(&is_lone)).or_else(|| shown_in(&touches))
    }

    /// The rank of the column sums over these columns.
    fn rank(&self, columns: &BTreeSet<usize>) -> usize {
        let rows = self.sums.iter().map(|(whole, parts)| {
            let sign = |column: &usize| match column {
                column if column == whole => PRIME - 1,
                column if parts.contains(column) => 1,
                _ => 0,
            };
            columns.iter().map(sign).collect()
        });
        rank(rows.collect())
    }
}

/// Ranks are taken modulo a prime, so that they are exact; entries are 1 and -1.
const PRIME: i64 = 1_000_003;

/// The rank of a matrix, by elimination.
fn rank(mut rows: Vec<Vec<i64>>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let (factor, unit) = (row[column], pivot[column]);
            for (cell, from) in row.iter_mut().zip(&pivot) {
                *cell = (*cell * unit - from * factor).rem_euclid(PRIME);
            }
        }
        rank += 1;
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of counts; shown cells come back as themselves, hidden ones as `.`.
    fn check(cells: &Cells, expected: &[&str]) {
        let rows: Vec<String> = cells
            .shown()
            .iter()
            .zip(&cells.counts)
            .map(|(shown, counts)| {
                let row = shown.iter().zip(counts);
                let row = row.map(|(s, c)| if *s { c.to_string() } else { ".".to_owned() });
                row.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_small_cell_hides_its_column_in_the_family() {
        let counts = vec![vec![23], vec![10], vec![10], vec![3]];
        let families = vec![(0, vec![1, 2, 3])];
        check(&Cells { counts, families, sums: vec![] }, &["23", ".", ".", "."]);
    }

    #[test]
    fn other_families_keep_theirs() {
        let counts = vec![vec![40], vec![20], vec![20], vec![17], vec![3], vec![10], vec![10]];
        let families = vec![(0, vec![1, 2]), (1, vec![3, 4]), (2, vec![5, 6])];
        check(&Cells { counts, families, sums: vec![] }, &["40", "20", "20", ".", ".", "10", "10"]);
    }

    #[test]
    fn parts_of_a_score_do_not_give_each_other_away() {
        // Whole, three parts: the third has 2 answers of the same ten people.
        let counts = vec![vec![10, 10, 10, 2]];
        let sums = vec![(0, vec![1, 2, 3])];
        check(&Cells { counts, families: vec![], sums }, &["10 10 . ."]);
        // Two parts of few people would cover each other only in part: their sum shows.
        let counts = vec![vec![10, 10, 2, 2]];
        let sums = vec![(0, vec![1, 2, 3])];
        check(&Cells { counts, families: vec![], sums }, &["10 . . ."]);
    }

    #[test]
    fn a_question_takes_three_others_with_it() {
        // Whole, two kinds, two categories, four questions: one of each category and kind.
        let counts = vec![vec![10, 10, 10, 10, 10, 10, 10, 10, 2]];
        let sums = vec![
            (0, vec![1, 2]),
            (0, vec![3, 4]),
            (1, vec![5, 7]),
            (2, vec![6, 8]),
            (3, vec![5, 6]),
            (4, vec![7, 8]),
        ];
        check(&Cells { counts, families: vec![], sums }, &["10 10 10 10 10 . . . ."]);
    }

    #[test]
    fn a_column_that_applies_to_nobody_hides_nothing() {
        let counts = vec![vec![20, 20, 20, 0], vec![10, 10, 10, 0], vec![10, 10, 10, 0]];
        let (families, sums) = (vec![(0, vec![1, 2])], vec![(0, vec![1, 2, 3]), (3, vec![])]);
        check(&Cells { counts, families, sums }, &["20 20 20 0", "10 10 10 0", "10 10 10 0"]);
    }

    #[test]
    fn hidden_above_is_hidden_below() {
        let counts = vec![vec![22], vec![19], vec![3], vec![10], vec![9]];
        let families = vec![(0, vec![1, 2]), (1, vec![3, 4])];
        check(&Cells { counts, families, sums: vec![] }, &["22", ".", ".", ".", "."]);
    }

    /// Whoever sees every shown cell and knows every sum cannot work out a cell of few people.
    #[test]
    fn hidden_cells_cannot_be_reckoned() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let mut hidden_cells = 0;
        for _ in 0..100 {
            // City 0, bureaus 1 and 2 with three and two sections; score 0 of parts 1 to 3.
            let leaves = [3, 4, 5, 6, 7];
            let families = vec![(0, vec![1, 2]), (1, vec![3, 4, 5]), (2, vec![6, 7])];
            let mut counts = vec![vec![0; 4]; 8];
            for leaf in leaves {
                counts[leaf] = vec![5 + random(6), random(9), random(9), random(9)];
            }
            for (parent, children) in families.iter().rev() {
                counts[*parent] = (0..4)
                    .map(|column| children.iter().map(|&child| counts[child][column]).sum())
                    .collect();
            }
            let cells = Cells { counts, families, sums: vec![(0, vec![1, 2, 3])] };
            let shown = cells.shown();
            let unknown = |group: usize, column: usize| {
                cells.counts[group][column] > 0 && !shown[group][column]
            };
            let equations = equations(&cells, &unknown);
            for (group, column) in (0..32).map(|cell| (cell / 4, cell % 4)) {
                let count = cells.counts[group][column];
                if (1..SMALLEST).contains(&count) {
                    hidden_cells += 1;
                    assert!(!shown[group][column]);
                    assert!(!follows(equations.clone(), group * 4 + column), "{:?}", cells.counts);
                }
            }
        }
        assert!(hidden_cells > 300, "the cases are worth something: {hidden_cells}");
    }

    /// Every known sum as a row over the unknown cells.
    fn equations(cells: &Cells, unknown: &impl Fn(usize, usize) -> bool) -> Vec<Vec<i64>> {
        let mut rows = Vec::new();
        let mut add = |whole: (usize, usize), parts: Vec<(usize, usize)>| {
            let mut row = vec![0; 32];
            let terms = parts.into_iter().map(|part| (part, 1)).chain([(whole, PRIME - 1)]);
            for ((group, column), sign) in terms {
                if unknown(group, column) {
                    row[group * 4 + column] = sign;
                }
            }
            rows.push(row);
        };
        for (parent, children) in &cells.families {
            for column in 0..4 {
                add((*parent, column), children.iter().map(|&child| (child, column)).collect());
            }
        }
        for (whole, parts) in &cells.sums {
            for group in 0..8 {
                add((group, *whole), parts.iter().map(|&part| (group, part)).collect());
            }
        }
        rows
    }

    /// Whether the unknown at `wanted` alone is a combination of the rows.
    fn follows(mut rows: Vec<Vec<i64>>, wanted: usize) -> bool {
        let before = rank(rows.clone());
        rows.push((0..32).map(|column| i64::from(column == wanted)).collect());
        rank(rows) == before
    }
}
