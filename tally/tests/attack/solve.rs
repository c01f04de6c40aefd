//! What follows from a set of sums, by elimination modulo a prime.

/// Sums over numbered unknowns, in echelon form.
#[derive(Default)]
pub struct Known {
    /// By the first unknown each row has, with a 1 there.
    rows: Vec<(usize, Vec<u64>)>,
}

const PRIME: u64 = 2_147_483_647;

impl Known {
    /// Adds a sum: the unknowns that it adds up.
    pub fn add(&mut self, unknowns: &[usize], width: usize) {
        let mut row = self.reduce(unknowns, width);
        if let Some(first) = row.iter().position(|&factor| factor != 0) {
            let inverse = power(row[first], PRIME - 2);
            row.iter_mut().for_each(|factor| *factor = *factor * inverse % PRIME);
            let at = self.rows.partition_point(|(other, _)| *other < first);
            self.rows.insert(at, (first, row));
        }
    }

    /// Whether the sum of these unknowns follows from the sums known.
    pub fn tells(&self, unknowns: &[usize], width: usize) -> bool {
        self.reduce(unknowns, width).iter().all(|&factor| factor == 0)
    }

    fn reduce(&self, unknowns: &[usize], width: usize) -> Vec<u64> {
        let mut row = vec![0; width];
        unknowns.iter().for_each(|&unknown| row[unknown] = 1);
        for (first, known) in &self.rows {
            let factor = row[*first];
            if factor != 0 {
                for (cell, from) in row[*first..].iter_mut().zip(&known[*first..]) {
                    *cell = (*cell + (PRIME - factor) * from) % PRIME;
                }
            }
        }
        row
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
