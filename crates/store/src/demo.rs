//! Taking the demo away again, in one step and without a trace.

use crate::{Store, StoreResult};

impl Store {
    /// Whether demo data is there.
    ///
    /// # Errors
    /// When the database does not answer; so for every method here.
    pub async fn has_demo(&self) -> StoreResult<bool> {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM loop WHERE demo = 1").fetch_one(&self.pool).await?;
        Ok(count > 0)
    }

    /// Removes the demo's openings, loops, interviews and people, children first. A candidate whom somebody added to the
    /// demo's opening is none of the demo's, and stays without an opening.
    pub async fn remove_demo(&self) -> StoreResult<()> {
        let mut tx = self.pool.begin().await?;
        let rooms = "SELECT r.id FROM room r JOIN interview i ON i.id = r.interview_id JOIN loop l ON l.id = i.loop_id WHERE l.demo = 1";
        for sql in [
            format!("DELETE FROM command_words WHERE take_id IN (SELECT id FROM take WHERE room_id IN ({rooms}))"),
            format!("DELETE FROM command WHERE take_id IN (SELECT id FROM take WHERE room_id IN ({rooms}))"),
            format!("UPDATE take SET parent_id = NULL WHERE room_id IN ({rooms})"),
            format!("DELETE FROM take WHERE room_id IN ({rooms})"),
            format!("DELETE FROM room WHERE id IN ({rooms})"),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await?;
        }
        for table in ["entry", "free_text", "pencil", "candidate_link", "participant"] {
            let sql = format!(
                "DELETE FROM {table} WHERE interview_id IN \
                 (SELECT i.id FROM interview i JOIN loop l ON l.id = i.loop_id WHERE l.demo = 1)"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await?;
        }
        for table in ["interview", "scorecard", "early_opening", "excused", "agenda_mark", "decision", "dissent"] {
            let sql = format!("DELETE FROM {table} WHERE loop_id IN (SELECT id FROM loop WHERE demo = 1)");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await?;
        }
        for sql in [
            "DELETE FROM loop WHERE demo = 1",
            "UPDATE loop SET opening_id = NULL WHERE opening_id IN (SELECT id FROM opening WHERE demo = 1)",
            "DELETE FROM opening WHERE demo = 1",
            "DELETE FROM participant WHERE person_id IN (SELECT id FROM person WHERE demo = 1)",
            "DELETE FROM excused WHERE person_id IN (SELECT id FROM person WHERE demo = 1)",
            "DELETE FROM person WHERE demo = 1",
        ] {
            sqlx::query(sql).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
